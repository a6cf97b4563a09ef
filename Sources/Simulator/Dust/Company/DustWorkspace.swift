import Synchronization
import Usage

/// The company's workspace at Dust: its directory and everything that happened in it.
package final class DustWorkspace: Sendable {
  package let messages: EventStore<DustMessage>
  package let feedback: EventStore<DustFeedback>
  private let state: Mutex<DustDirectory>
  /// Scripted events count on from here: generated ones do not reach it.
  private let serial = Mutex<UInt32>(1 << 24)

  init(_ directory: DustDirectory, _ generator: TrafficGenerator) {
    let streams = directory.streams
    let comments = directory.comments.values.count
    state = Mutex(directory)
    messages = EventStore(capacity: 900_000, firstDay: generator.start) { stream, day in
      guard streams.indices.contains(stream), let profile = streams[stream].profile else { return [] }
      return generator.dustMessages(profile, on: day)
    }
    feedback = EventStore(capacity: 200_000, firstDay: generator.start) { stream, day in
      guard streams.indices.contains(stream), let profile = streams[stream].profile else { return [] }
      return generator.dustFeedback(profile, comments: comments, on: day)
    }
  }

  /// Everything there is, as of now.
  package var directory: DustDirectory { state.withLock { $0 } }

  func edit<Result: Sendable>(_ change: (inout DustDirectory) -> Result) -> Result {
    state.withLock { change(&$0) }
  }

  /// `count` serial numbers that follow one another.
  func serials(_ count: Int) -> Range<UInt32> {
    serial.withLock { next in
      let first = next
      next &+= UInt32(clamping: count)
      return first..<max(first, next)
    }
  }
}
