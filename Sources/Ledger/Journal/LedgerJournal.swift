package import Usage

/// The event journal of one collector: a handle on the ledger that keeps it.
///
/// Every call throws ``LedgerError``; a reading or a record that a counter could not hold is refused as
/// ``LedgerError/overflow``.
package struct LedgerJournal: EventJournal {
  let ledger: Ledger
  let collector: CollectorID

  package func completeSince() async throws(LedgerError) -> Day? {
    try await ledger.completeSince(of: collector)
  }

  package func known(_ ids: [String]) async throws(LedgerError) -> [String: Bool] {
    try await ledger.known(ids, to: collector)
  }

  /// One transaction: all of `events` or none.
  ///
  /// Events older than 100 days are forgotten, and ``completeSince()`` never lies before what is kept.
  package func record(_ events: [UsageEvent], completeSince: Day?) async throws(LedgerError) {
    try await ledger.record(events, completeSince: completeSince, for: collector)
  }

  /// The sums of a day's events by series. Agents are as the provider names them: they are folded at the commit. The number
  /// of rows is left to the collector, which knows how many it was sent.
  package func reading(of day: Day) async throws(LedgerError) -> Reading {
    try await ledger.reading(of: day, for: collector)
  }

  package func activeUsers(over span: DaySpan) async throws(LedgerError) -> [Entity: Int64] {
    try await ledger.activeUsers(over: span, for: collector)
  }
}
