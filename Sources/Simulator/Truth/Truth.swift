import Foundation
package import Usage

/// What the providers' answers must say, counted event by event from the log.
///
/// Nothing here is shared with the code that answers, so that each can catch the other's mistakes. Zeros are left out.
package struct Truth: Sendable, Equatable {
  /// In the stored units of each measure.
  package var quantities: [SeriesKey: Int64] = [:]
  /// Distinct users.
  package var activeUsers: [Entity: Int64] = [:]

  package init() {}

  mutating func add(_ amount: some BinaryInteger, _ entity: Entity, _ measure: Measure, _ dimension: String = "") {
    guard amount != 0 else { return }
    quantities[SeriesKey(entity, measure, dimension), default: 0] += Int64(amount)
  }

  mutating func addTokens(_ message: Message, _ entity: Entity) {
    add(message.inputTokens, entity, .tokens, TokenType.input.rawValue)
    add(message.outputTokens, entity, .tokens, TokenType.output.rawValue)
    add(message.cachedTokens, entity, .tokens, TokenType.cachedInput.rawValue)
    add(message.cacheCreationTokens, entity, .tokens, TokenType.cacheCreationInput.rawValue)
  }
}

extension Company {
  /// Calls `body` with every event that happened within the local days of `span` and counts at `now`.
  func countable<Event: TimedEvent>(
    _ store: EventStore<Event>, of provider: ProviderKind, _ span: DaySpan, in calendar: LocalCalendar, at now: Date,
    _ body: (Directory, Directory.Producer, Event) -> Void
  ) {
    let directory = directory
    let from = Int64(calendar.start(of: span.first).timeIntervalSince1970) * 1000
    let end = Int64(calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970) * 1000
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    // A day more on either side, whatever the zone; the test below is what decides.
    let days = DaySpan(span.first.advanced(by: -1), through: span.last.advanced(by: 1))
    for stream in directory.streams where stream.provider == provider {
      for day in days.days where day >= store.firstDay {
        for event in store.events(of: stream.id, on: day, keep: days.count < 40) {
          guard event.times.occurred >= from, event.times.occurred < end else { continue }
          guard event.times.visible <= moment, event.times.retracted > moment else { continue }
          body(directory, stream.producer, event)
        }
      }
    }
  }
}
