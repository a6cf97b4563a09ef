import GRDB
import Usage

extension CollectorRows {
  /// The sums of the days of `span`, by series: of what the provider says now. Each of them must be in the books.
  ///
  /// - Parameter series: those of the collector.
  /// - Throws: ``QuantityOverflow`` for a sum that no sample can hold exactly.
  func sums(of span: DaySpan, series: SeriesTable, in db: Database) throws -> [SeriesKey: Int64] {
    var sums: [Int64: Int64] = [:]
    try CellPages.forEachCell(
      """
      SELECT c.bucket_id, c.page, c.content FROM bucket b JOIN cell_page c ON c.bucket_id = b.id
      WHERE b.collector_id = ? AND b.kind = 'day' AND b.position BETWEEN ? AND ?
      """, [collector, span.first.ordinal, span.last.ordinal], in: db
    ) { _, row, cell in sums[row] = try Quantity.sum(sums[row] ?? 0, cell.value) }
    var named: [SeriesKey: Int64] = [:]
    for (row, sum) in sums {
      if let key = series.key(ofRow: row) { named[key] = sum }
    }
    return named
  }

  /// Stores the gauges of an update: period gauges and active users.
  mutating func saveGauges(_ update: BookUpdate, book: CollectorBook, in writer: LedgerWriter) throws {
    for (window, values) in update.periods {
      for old in book.periods.keys where window.supersedes(old) { try drop(old.columns, in: writer) }
      let id = try emptied(window.columns, in: writer)
      for (key, value) in values {
        try writer.run(
          "INSERT INTO gauge VALUES (?, ?, ?, ?, ?)",
          [id, try row(of: key.entity, in: writer), key.measure.rawValue, key.dimension, value])
      }
    }
    for (window, users) in update.activeUsers {
      if let old = book.activeUsers[window], old.end != users.end {
        try drop(window.columns(end: old.end), in: writer)
      }
      let id = try emptied(window.columns(end: users.end), in: writer)
      for (entity, count) in users.counts {
        try writer.run(
          "INSERT INTO gauge VALUES (?, ?, '', '', ?)", [id, try row(of: entity, in: writer), count])
      }
    }
  }

  private func drop(_ column: KeyColumns, in writer: LedgerWriter) throws {
    let arguments: StatementArguments = [collector, column.kind, column.position]
    try writer.run(
      """
      DELETE FROM gauge WHERE window_id IN
        (SELECT id FROM window WHERE collector_id = ? AND kind = ? AND position = ?)
      """, arguments)
    try writer.run("DELETE FROM window WHERE collector_id = ? AND kind = ? AND position = ?", arguments)
  }

  private func emptied(_ column: KeyColumns, in writer: LedgerWriter) throws -> Int64 {
    try drop(column, in: writer)
    return try writer.insert(
      "INSERT INTO window (collector_id, kind, position) VALUES (?, ?, ?)",
      [collector, column.kind, column.position])
  }
}
