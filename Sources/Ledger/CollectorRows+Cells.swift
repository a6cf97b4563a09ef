import Foundation
import GRDB
import Usage

/// The tables with the most rows. They are read and written in the order of their keys, so that each page is touched once,
/// however many there are.
extension CollectorRows {
  /// Every cell of a bucket. What is returned is of use within the transaction of `db` alone.
  func cells(of bucket: Bucket, book: CollectorBook, in db: Database) throws -> BucketCells {
    guard book.readAt[bucket] != nil || !book.series.isEmpty, let id = try row(of: bucket, in: db) else {
      return .none(book.series)
    }
    let reading = try NumberStatement(
      "SELECT series_id, value, counted, moved FROM cell WHERE bucket_id = ? ORDER BY series_id", in: db)
    reading.bind(id, at: 1)
    var rows: [Int64] = []
    var cells: [Cell] = []
    try reading.forEach { row in
      rows.append(row[0])
      cells.append(Cell(value: row[1], counted: row[2], moved: row[3]))
    }
    return BucketCells(book.series, rows: rows, cells: cells) { try joinCells(of: id, in: db) }
  }

  /// The cells of a bucket that has few of its collector's series.
  private func joinCells(of bucket: Int64, in db: Database) throws -> [SeriesKey: Cell] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT e.scope, e.name, e.qualifier, s.measure, s.dimension, c.value, c.counted, c.moved
        FROM cell c JOIN series s ON s.id = c.series_id JOIN entity e ON e.id = s.entity_id WHERE c.bucket_id = ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: [bucket])
    var cells: [SeriesKey: Cell] = [:]
    while let row = try rows.next() {
      guard let key = SeriesKey(row: row) else { continue }
      cells[key] = Cell(value: row[5], counted: row[6], moved: row[7])
    }
    return cells
  }

  private func row(of bucket: Bucket, in db: Database) throws -> Int64? {
    let column = bucket.columns
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM bucket WHERE collector_id = ? AND kind = ? AND position = ?"),
      arguments: [collector, column.kind, column.position])
  }

  mutating func saveSeries(_ update: BookUpdate, in writer: LedgerWriter) throws {
    for key in update.newSeries {
      guard let state = update.series[key] else { continue }
      let columns = state.hold.columns
      try writer.run(
        "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          state.row, collector, try row(of: key.entity, in: writer), key.measure.rawValue, key.dimension, state.total,
          columns.duration, columns.end,
        ])
    }
    guard update.series.count > update.newSeries.count else { return }
    // Rows only ever grow.
    let firstNew = update.newSeries.first.flatMap { update.series[$0]?.row } ?? .max
    let totals = update.series.values.lazy.filter { $0.row < firstNew }.map { (row: $0.row, total: $0.total) }
    let statement = try writer.numbers("UPDATE series SET total = ? WHERE id = ?")
    for (row, total) in totals.sorted(by: { $0.row < $1.row }) {
      statement.bind(total, at: 1)
      statement.bind(row, at: 2)
      try statement.run()
    }
  }

  func saveBucket(_ bucket: Bucket, _ update: BookUpdate, book: CollectorBook, in writer: LedgerWriter) throws {
    let column = bucket.columns
    let readAt = update.readAt[bucket] ?? book.readAt[bucket]
    try writer.run(
      """
      INSERT INTO bucket (collector_id, kind, position, read_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (collector_id, kind, position) DO UPDATE SET read_at = excluded.read_at
      """, [collector, column.kind, column.position, readAt?.seconds])
    guard let cells = update.cells[bucket], let id = try row(of: bucket, in: writer.db()) else { return }
    let statement = try writer.numbers(
      """
      INSERT INTO cell VALUES (?, ?, ?, ?, ?) ON CONFLICT (bucket_id, series_id)
      DO UPDATE SET value = excluded.value, counted = excluded.counted, moved = excluded.moved
      """)
    statement.bind(id, at: 1)
    for placed in cells.sorted(by: { $0.series < $1.series }) {
      statement.bind(placed.series, at: 2)
      statement.bind(placed.cell.value, at: 3)
      statement.bind(placed.cell.counted, at: 4)
      statement.bind(placed.cell.moved, at: 5)
      try statement.run()
    }
  }
}
