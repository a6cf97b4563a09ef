import Synchronization
package import Usage

/// The events of all streams by UTC day: generated when first asked for, kept while they fit, edited on demand.
package final class EventStore<Event: TimedEvent>: Sendable {
  private struct Key: Hashable {
    let stream: Int
    /// Ordinal of the UTC day.
    let day: Int
  }

  private struct State {
    var generated: [Key: (events: [Event], lastUse: Int)] = [:]
    var kept = 0
    var uses = 0
    /// Days that were edited; they are never dropped.
    var edited: [Key: [Event]] = [:]
    var editions: [Int: Int] = [:]
    /// By UTC day, over all streams.
    var dayEditions: [Int: Int] = [:]
    /// How often a stream was ended, which may change any day.
    var endings = 0
    /// Streams that end, and when (milliseconds since 1970).
    var ends: [Int: Int64] = [:]
    var firstDay: Int
  }

  private let capacity: Int
  private let generate: @Sendable (_ stream: Int, _ day: Day) -> [Event]
  private let state: Mutex<State>

  /// - Parameter capacity: how many generated events are kept at most.
  init(capacity: Int, firstDay: Day, generate: @escaping @Sendable (_ stream: Int, _ day: Day) -> [Event]) {
    self.capacity = capacity
    self.generate = generate
    state = Mutex(State(firstDay: firstDay.ordinal))
  }

  /// No event lies before this day.
  package var firstDay: Day { Day(ordinal: state.withLock(\.firstDay)) }

  /// The same on every call until the stream is edited; then ``edition(of:)`` changes.
  ///
  /// - Parameter keep: whether the events will be asked for again soon.
  package func events(of stream: Int, on day: Day, keep: Bool = true) -> [Event] {
    let key = Key(stream: stream, day: day.ordinal)
    let (found, end) = state.withLock { state -> ([Event]?, Int64?) in
      if let edited = state.edited[key] { return (edited, nil) }
      state.uses += 1
      state.generated[key]?.lastUse = state.uses
      return (state.generated[key]?.events, state.ends[stream])
    }
    if let found { return found }
    let made = upTo(end, generate(stream, day))
    if keep { remember(made, key, end: end) }
    return made
  }

  /// Changes whenever a stream is edited, so that what was computed from it can be told to be old.
  package func edition(of stream: Int) -> Int { state.withLock { $0.editions[stream] ?? 0 } }

  /// Changes whenever the events of any stream change on that UTC day.
  func edition(on day: Day) -> Int { state.withLock { ($0.dayEditions[day.ordinal] ?? 0) + $0.endings } }

  func add(_ events: [Event], to stream: Int) {
    for (day, part) in Dictionary(grouping: events, by: { Millis.ordinal($0.times.occurred) }) {
      edit(stream, Day(ordinal: day)) { $0 += part }
      state.withLock { $0.firstDay = min($0.firstDay, day) }
    }
  }

  func edit(_ stream: Int, _ day: Day, _ change: (inout [Event]) -> Void) {
    let before = events(of: stream, on: day)
    let key = Key(stream: stream, day: day.ordinal)
    state.withLock { state in
      // Another edit may have come first: what it left is what this one changes.
      change(&state.edited[key, default: before])
      state.dayEditions[key.day, default: 0] += 1
      if let old = state.generated.removeValue(forKey: key) { state.kept -= old.events.count }
      state.editions[stream, default: 0] += 1
    }
  }

  /// From `moment` on the stream makes no more events of its own.
  func end(_ stream: Int, at moment: Int64) {
    state.withLock { state in
      state.ends[stream] = moment
      state.endings += 1
      state.editions[stream, default: 0] += 1
      for (key, entry) in state.generated where key.stream == stream {
        state.generated[key] = nil
        state.kept -= entry.events.count
      }
      for (key, events) in state.edited where key.stream == stream { state.edited[key] = upTo(moment, events) }
    }
  }

  private func upTo(_ end: Int64?, _ events: [Event]) -> [Event] {
    guard let end else { return events }
    return events.filter { $0.times.occurred < end }
  }

  private func remember(_ events: [Event], _ key: Key, end: Int64?) {
    state.withLock { state in
      guard state.edited[key] == nil, state.generated[key] == nil, state.ends[key.stream] == end else { return }
      state.generated[key] = (events, state.uses)
      state.kept += events.count
      guard state.kept > capacity else { return }
      for old in state.generated.sorted(by: { $0.value.lastUse < $1.value.lastUse }) where state.kept > capacity / 4 * 3
      {
        state.generated[old.key] = nil
        state.kept -= old.value.events.count
      }
    }
  }
}
