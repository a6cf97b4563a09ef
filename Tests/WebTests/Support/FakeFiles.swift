import Logging
import Settings
import Synchronization
import Web

/// Files in memory, whose stamps change with each writing.
final class FakeFiles: Sendable {
  private struct State {
    var texts: [String: String] = [:]
    var writings: [String: Int64] = [:]
    var clock: Int64 = 0
    /// For how long nothing was written.
    var lull: Int64 = 1_000_000_000
    var reads = 0
    var pauses: [Int64] = []
    var meanwhile: [@Sendable (FakeFiles) -> Void] = []
  }

  private let state = Mutex(State())

  /// How often any was read.
  var reads: Int { state.withLock { $0.reads } }

  /// For how many nanoseconds the reader has held its thread, each time.
  var pauses: [Int64] { state.withLock { $0.pauses } }

  /// Nanoseconds since the newest writing; long, unless told otherwise.
  func set(lull: Int64) { state.withLock { $0.lull = lull } }

  /// Happens in the next pauses of the reader, one in each.
  func meanwhile(_ actions: (@Sendable (FakeFiles) -> Void)...) { state.withLock { $0.meanwhile = actions } }

  func write(_ path: String, _ text: String?) {
    state.withLock { state in
      state.clock += 1_000_000_000
      state.texts[path] = text
      state.writings[path] = state.clock
    }
  }

  var configuration: ConfigurationFiles {
    ConfigurationFiles(
      read: { (path, _) throws(FileReadError) in
        guard
          let text = self.state.withLock({ state in
            state.reads += 1
            return state.texts[path]
          })
        else { throw .notFound }
        return Array(text.utf8)
      },
      stamp: { path in
        self.state.withLock { state in
          guard let text = state.texts[path], let written = state.writings[path] else { return nil }
          return FileStamp(
            device: 1, inode: 1, size: Int64(text.utf8.count), modified: written, changed: written)
        }
      },
      now: { self.state.withLock { $0.clock + $0.lull } },
      pause: { nanoseconds in
        let action = self.state.withLock { state in
          state.pauses.append(nanoseconds)
          state.lull += nanoseconds
          return state.meanwhile.isEmpty ? nil : state.meanwhile.removeFirst()
        }
        action?(self)
      })
  }
}

/// What was logged, as `level message`.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }

  var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

  private struct Handler: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
  }
}
