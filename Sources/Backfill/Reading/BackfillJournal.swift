package import Ledger
package import Usage

/// The events of a log that is read whole: nothing of it is known beforehand, and a day's reading tells its users too.
package struct BackfillJournal: EventJournal {
  private let events: LedgerJournal

  package init(_ events: LedgerJournal) {
    self.events = events
  }

  /// Nil also after an interruption: the days that are missing are read whole, whatever was read before.
  package func completeSince() -> Day? { nil }

  package func known(_ ids: [String]) async throws -> [String: Bool] { try await events.known(ids) }

  package func record(_ new: [UsageEvent], completeSince: Day?) async throws {
    try await events.record(new, completeSince: nil)
  }

  package func reading(of day: Day) async throws -> Reading {
    var reading = try await events.reading(of: day)
    reading.activeUsers = try await events.activeUsers(over: DaySpan(day))
    return reading
  }

  package func activeUsers(over span: DaySpan) async throws -> [Entity: Int64] {
    try await events.activeUsers(over: span)
  }
}
