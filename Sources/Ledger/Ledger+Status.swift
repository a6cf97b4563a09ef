import GRDB
package import Usage

extension Ledger {
  /// What the provider says now of some series, day by day. Reads at most as many cells as there are series times days.
  ///
  /// - Returns: without the days on which a series has no cell.
  /// - Throws: ``LedgerError`` if the database cannot be read.
  package func days(
    of keys: [SeriesKey], in id: CollectorID, over span: DaySpan
  ) throws(LedgerError) -> [SeriesKey: [Day: Int64]] {
    guard let shelf = shelves[id] else { throw .unknownCollector(id) }
    return try read { db in
      try shelf.rows.days(
        of: keys.compactMap { key in shelf.book.series[key].map { (key, $0.row) } }, over: span, in: db)
    }
  }
}

extension CollectorRows {
  fileprivate func days(
    of series: [(key: SeriesKey, row: Int64)], over span: DaySpan, in db: Database
  ) throws -> [SeriesKey: [Day: Int64]] {
    // By bucket and series, which is how cells are kept: each is found without a look at its neighbours.
    let statement = try db.cachedStatement(
      sql: """
        SELECT b.position, c.value FROM bucket b JOIN cell c ON c.bucket_id = b.id AND c.series_id = ?
        WHERE b.collector_id = ? AND b.kind = 'day' AND b.position BETWEEN ? AND ?
        """)
    var values: [SeriesKey: [Day: Int64]] = [:]
    for (key, row) in series {
      let rows = try Row.fetchCursor(
        statement, arguments: [row, collector, span.first.ordinal, span.last.ordinal])
      while let row = try rows.next() { values[key, default: [:]][Day(ordinal: row[0])] = row[1] }
    }
    return values
  }
}
