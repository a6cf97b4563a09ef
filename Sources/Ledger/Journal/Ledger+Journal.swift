import Usage

extension Ledger {
  /// What is in memory of a collector's journal.
  struct JournalShelf {
    let rows: JournalRows
    var series: EventSeries
    var tallies: TallyCache
  }

  /// The journal of a collector, which must be registered before it is used.
  package nonisolated func journal(of id: CollectorID) -> LedgerJournal {
    LedgerJournal(ledger: self, collector: id)
  }

  func completeSince(of id: CollectorID) throws(LedgerError) -> Day? {
    let rows = try journal(id).rows
    return try read { db in try rows.completeSince(in: db) }
  }

  func known(_ ids: [String], to id: CollectorID) throws(LedgerError) -> [String: Bool] {
    let rows = try journal(id).rows
    return try read { db in try rows.known(ids, in: db) }
  }

  func record(_ events: [UsageEvent], completeSince: Day?, for id: CollectorID) throws(LedgerError) {
    var journal = try journal(id)
    let rows = journal.rows
    let (series, touched) = try write { [known = journal.series] db in
      var series = known
      let writer = self.writer(db)
      let previous = try rows.newestDay(in: db)
      let touched = try rows.record(events, series: &series, in: writer)
      var complete = completeSince
      if let newest = events.map(\.day).max(), let previous {
        // As for days of the books: one date that is far ahead must not throw away what is still asked for.
        let oldest = min(newest, previous).advanced(by: -JournalRows.retainedDays)
        try rows.prune(before: oldest, in: writer)
        complete = try (completeSince ?? rows.completeSince(in: db)).map { max($0, oldest) }
      }
      if let complete { try rows.saveCompleteSince(complete, in: writer) }
      return (series, touched)
    }
    journal.series = series
    if let newest = touched.max() { journal.tallies.forget(touched, newest: newest) }
    journals[id] = journal
  }

  func reading(of day: Day, for id: CollectorID) throws(LedgerError) -> Reading {
    var journal = try journal(id)
    defer { journals[id] = journal }
    var reading = Reading()
    reading.quantities = try tally(of: day, withUsers: false, &journal).sums
    return reading
  }

  func activeUsers(over span: DaySpan, for id: CollectorID) throws(LedgerError) -> [Entity: Int64] {
    var journal = try journal(id)
    defer { journals[id] = journal }
    var users: [Entity: Set<Int64>] = [:]
    for day in span.days {
      let tally = try tally(of: day, withUsers: true, &journal)
      users.merge(tally.users ?? [:]) { $0.union($1) }
    }
    return users.mapValues { Int64($0.count) }
  }

  private func tally(of day: Day, withUsers: Bool, _ journal: inout JournalShelf) throws(LedgerError) -> DayTally {
    let (rows, series) = (journal.rows, journal.series)
    return try journal.tallies.tally(of: day, withUsers: withUsers) { () throws(LedgerError) in
      try read { db in try rows.tally(of: day, series: series, in: db) }
    }
  }

  private func journal(_ id: CollectorID) throws(LedgerError) -> JournalShelf {
    if let journal = journals[id] { return journal }
    guard let collector = shelves[id]?.rows.collector else { throw .unknownCollector(id) }
    let rows = JournalRows(collector: collector)
    let journal = try read { db in
      JournalShelf(
        rows: rows, series: try EventSeries(of: collector, from: db),
        tallies: TallyCache(newest: try rows.newestDay(in: db)))
    }
    journals[id] = journal
    return journal
  }
}
