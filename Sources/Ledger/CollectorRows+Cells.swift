import Foundation
import GRDB
import Usage

/// The tables with the most rows. They are read and written in the order of their keys, so that each page is touched once,
/// however many there are.
extension CollectorRows {
  /// Every cell of a bucket.
  func cells(of bucket: Bucket, book: CollectorBook, in db: Database) throws -> [SeriesKey: Cell] {
    guard book.readAt[bucket] != nil || !book.series.isEmpty, let id = try row(of: bucket, in: db) else { return [:] }
    let counting = try NumberStatement("SELECT count(*) FROM cell WHERE bucket_id = ?", in: db)
    counting.bind(id, at: 1)
    var count = 0
    try counting.forEach { count = Int($0[0]) }
    guard count > 0 else { return [:] }
    var cells: [SeriesKey: Cell] = [:]
    cells.reserveCapacity(count)
    guard let keys = SeriesRows(book.series, cells: count) else {
      try joinCells(of: id, in: db, into: &cells)
      return cells
    }
    let reading = try NumberStatement("SELECT series_id, value, counted, moved FROM cell WHERE bucket_id = ?", in: db)
    reading.bind(id, at: 1)
    try reading.forEach { row in
      guard let key = keys[row[0]] else { return }
      cells[key] = Cell(value: row[1], counted: row[2], moved: row[3])
    }
    return cells
  }

  /// The cells of a bucket that has few of its collector's series.
  private func joinCells(of bucket: Int64, in db: Database, into cells: inout [SeriesKey: Cell]) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT e.scope, e.name, e.qualifier, s.measure, s.dimension, c.value, c.counted, c.moved
        FROM cell c JOIN series s ON s.id = c.series_id JOIN entity e ON e.id = s.entity_id WHERE c.bucket_id = ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: [bucket])
    while let row = try rows.next() {
      guard let key = SeriesKey(row: row) else { continue }
      cells[key] = Cell(value: row[5], counted: row[6], moved: row[7])
    }
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

/// The series of a book by the rows that hold them.
private struct SeriesRows {
  private let first: Int64
  private var keys: [SeriesKey?]

  /// - Parameter cells: how many are to be looked up.
  /// - Returns: nil where the book is so much larger that making this would take longer than it saves.
  init?(_ series: [SeriesKey: SeriesState], cells: Int) {
    guard series.count <= cells * 8, let first = series.values.lazy.map(\.row).min(),
      let last = series.values.lazy.map(\.row).max(), last - first < series.count * 8
    else { return nil }
    self.first = first
    keys = Array(repeating: nil, count: Int(last - first) + 1)
    for (key, state) in series { keys[Int(state.row - first)] = key }
  }

  subscript(_ row: Int64) -> SeriesKey? {
    let place = Int(row - first)
    return keys.indices.contains(place) ? keys[place] : nil
  }
}
