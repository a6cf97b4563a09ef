import GRDB
package import Usage

extension Ledger {
  /// What the provider says now of some series, day by day. Reads the pages that have them, at most one for each series and day.
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
    var values: [SeriesKey: [Day: Int64]] = [:]
    for (number, series) in Dictionary(grouping: series, by: { CellPage.number(of: $0.row) }) {
      let keys = Dictionary(uniqueKeysWithValues: series.map { ($0.row, $0.key) })
      try CellPages.forEachCell(
        """
        SELECT c.bucket_id, c.page, c.content, b.position
        FROM bucket b JOIN cell_page c ON c.bucket_id = b.id AND c.page = ?
        WHERE b.collector_id = ? AND b.kind = 'day' AND b.position BETWEEN ? AND ?
        """, [number, collector, span.first.ordinal, span.last.ordinal], in: db
      ) { row, series, cell in
        if let key = keys[series] { values[key, default: [:]][Day(ordinal: row[3])] = cell.value }
      }
    }
    return values
  }
}
