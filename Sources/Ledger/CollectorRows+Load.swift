import Foundation
import GRDB
import Usage

extension CollectorRows {
  /// Reads a collector's book, or makes its row.
  static func load(_ id: CollectorID, from db: Database) throws -> (CollectorBook, CollectorRows) {
    let workspace = try LedgerQueries.row(of: id.workspace, in: db)
    try db.execute(
      sql: "INSERT OR IGNORE INTO collector (workspace_id, name) VALUES (?, ?)", arguments: [workspace, id.name])
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM collector WHERE workspace_id = ? AND name = ?", arguments: [workspace, id.name])
    guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "collector row is missing") }
    var book = CollectorBook()
    book.progress = CollectorProgress(row: row)
    book.countsSince = (row["counts_since"] as Int?).map(Day.init(ordinal:))
    let collector: Int64 = row["id"]
    let rows = CollectorRows(
      collector: collector, entities: try loadEntities(of: collector, into: &book, from: db), digest: row["digest"])
    try rows.loadSeries(into: &book, from: db)
    try rows.loadTallies(into: &book, from: db)
    try rows.loadBuckets(into: &book, from: db)
    try rows.loadGauges(into: &book, from: db)
    return (book, rows)
  }

  private static func loadEntities(
    of collector: Int64, into book: inout CollectorBook, from db: Database
  ) throws -> [Entity: Int64] {
    var entities: [Entity: Int64] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT scope, name, qualifier, id, attributes FROM entity WHERE collector_id = ?",
      arguments: [collector])
    while let row = try rows.next() {
      guard let entity = Entity(row: row) else { continue }
      entities[entity] = row[3]
      if let text: String = row[4] { book.attributes[entity] = AttributeText.decode(text) }
    }
    return entities
  }

  private func loadSeries(into book: inout CollectorBook, from db: Database) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT e.scope, e.name, e.qualifier, s.measure, s.dimension, s.id, s.total, s.hold_for, s.hold_until
        FROM series s JOIN entity e ON e.id = s.entity_id WHERE s.collector_id = ? ORDER BY s.id
        """, arguments: [collector])
    while let row = try rows.next() {
      guard let key = SeriesKey(row: row) else { continue }
      book.series.append(
        key, SeriesState(row: row[5], total: row[6], hold: SeriesState.Hold(duration: row[7], end: row[8])))
    }
  }

  private func loadTallies(into book: inout CollectorBook, from db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT * FROM tally WHERE collector_id = ?", arguments: [collector]) {
      guard let measure = Measure(rawValue: row["measure"]) else { continue }
      book.tallies[measure] = .init(excess: row["excess"], corrections: row["corrections"])
    }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM rejected WHERE collector_id = ?", arguments: [collector]) {
      guard let reason = RowRejection(rawValue: row["reason"]) else { continue }
      book.rejected[reason] = row["count"]
    }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM state WHERE collector_id = ?", arguments: [collector]) {
      guard let state = WorkspaceState(rawValue: row["state"]) else { continue }
      book.states[state] = row["value"]
    }
  }

  private func loadBuckets(into book: inout CollectorBook, from db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT kind, position, read_at, untold FROM bucket WHERE collector_id = ? AND read_at IS NOT NULL",
      arguments: [collector])
    while let row = try rows.next() {
      guard let bucket = Bucket(KeyColumns(kind: row[0], position: row[1])) else { continue }
      book.readAt[bucket] = Date(seconds: row[2])
      if let text: String = row[3] { book.untold[bucket] = MeasureText.decode(text) }
    }
  }

  private func loadGauges(into book: inout CollectorBook, from db: Database) throws {
    let windows = try Row.fetchAll(
      db, sql: "SELECT kind, position, id FROM window WHERE collector_id = ?", arguments: [collector])
    for window in windows {
      let columns = KeyColumns(kind: window[0], position: window[1])
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT e.scope, e.name, e.qualifier, g.measure, g.dimension, g.value
          FROM gauge g JOIN entity e ON e.id = g.entity_id WHERE g.window_id = ?
          """, arguments: [window[2] as Int64])
      var values: [SeriesKey: Int64] = [:]
      var users: [Entity: Int64] = [:]
      while let row = try rows.next() {
        if let key = SeriesKey(row: row) {
          values[key] = row[5]
        } else if let entity = Entity(row: row) {
          users[entity] = row[5]
        }
      }
      if let period = PeriodWindow(columns) { book.periods[period] = values }
      if let (active, end) = ActiveUserWindow.read(columns) {
        book.activeUsers[active] = .init(end: end, counts: users)
      }
    }
  }
}
