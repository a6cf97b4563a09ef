import GRDB
import Usage

extension CollectorRows {
  /// The sums of the days of `span`, by series: of what the provider says now. Each of them must be in the books.
  ///
  /// - Throws: ``QuantityOverflow`` for a sum that no sample can hold exactly.
  func sums(of span: DaySpan, in db: Database) throws -> [SeriesKey: Int64] {
    // In halves, which cannot overflow: SQLite would refuse such a sum in words of its own.
    let statement = try db.cachedStatement(
      sql: """
        SELECT e.scope, e.name, e.qualifier, s.measure, s.dimension, t.high, t.low
        FROM (
          SELECT c.series_id AS series, sum(c.value >> 32) AS high, sum(c.value & 4294967295) AS low
          FROM bucket b JOIN cell c ON c.bucket_id = b.id
          WHERE b.collector_id = ? AND b.kind = 'day' AND b.position BETWEEN ? AND ?
          GROUP BY c.series_id) t
        JOIN series s ON s.id = t.series JOIN entity e ON e.id = s.entity_id
        """)
    let rows = try Row.fetchCursor(
      statement, arguments: [collector, span.first.ordinal, span.last.ordinal])
    var sums: [SeriesKey: Int64] = [:]
    while let row = try rows.next() {
      guard let key = SeriesKey(row: row) else { continue }
      let (high, overflow) = (row[5] as Int64).multipliedReportingOverflow(by: 1 << 32)
      if overflow { throw QuantityOverflow() }
      sums[key] = try Quantity.sum(high, row[6])
    }
    return sums
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
