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

  mutating func add(_ amount: Int64, _ entity: Entity, _ measure: Measure, _ dimension: String = "") {
    guard amount != 0 else { return }
    quantities[SeriesKey(entity, measure, dimension), default: 0] += amount
  }

  mutating func addTokens(_ count: TruthCount, _ entity: Entity) {
    add(count.input, entity, .tokens, TokenType.input.rawValue)
    add(count.output, entity, .tokens, TokenType.output.rawValue)
    add(count.cached, entity, .tokens, TokenType.cachedInput.rawValue)
    add(count.cacheCreation, entity, .tokens, TokenType.cacheCreationInput.rawValue)
  }
}

/// The running count of one entity.
struct TruthCount {
  var messages: Int64 = 0
  var input: Int64 = 0
  var output: Int64 = 0
  var cached: Int64 = 0
  var cacheCreation: Int64 = 0
  var cost: Int64 = 0
  var ownCost: Int64 = 0
  var calls: Int64 = 0
  var completedCalls: Int64 = 0
  var seconds: Int64 = 0

  mutating func add(_ message: Message, ownKeys: Bool) {
    messages += 1
    cost += Int64(message.cost)
    guard ownKeys else { return }
    ownCost += Int64(message.cost)
    input += Int64(message.inputTokens)
    output += Int64(message.outputTokens)
    cached += Int64(message.cachedTokens)
    cacheCreation += Int64(message.cacheCreationTokens)
  }

  mutating func add(_ event: PhoneEvent) {
    if event.kind == .message { messages += 1 } else { calls += 1 }
    guard event.kind == .completedCall else { return }
    completedCalls += 1
    seconds += Int64(event.seconds)
  }
}

extension Company {
  /// Calls `body` with every event that happened within the local days of `span` and counts at `now`.
  func countable<Event: TimedEvent>(
    _ store: EventStore<Event>, of provider: ProviderKind, _ span: DaySpan, in calendar: LocalCalendar, at now: Date,
    _ body: (Directory.Producer, Event) -> Void
  ) {
    let from = Int64(calendar.start(of: span.first).timeIntervalSince1970) * 1000
    let end = Int64(calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970) * 1000
    let moment = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    // A day more on either side, whatever the zone; the test below is what decides.
    let days = DaySpan(span.first.advanced(by: -1), through: span.last.advanced(by: 1)).days
    let firstDay = store.firstDay
    for stream in directory.streams where stream.provider == provider {
      for day in days where day >= firstDay {
        for event in store.events(of: stream.id, on: day, keep: days.count < 40) {
          let times = event.times
          guard times.occurred >= from, times.occurred < end else { continue }
          guard times.visible <= moment, times.retracted > moment else { continue }
          body(stream.producer, event)
        }
      }
    }
  }
}
