import Foundation
import GRDB
import Usage

/// Statements about the shared families of a workspace.
enum FamilyRows {
  static func load(of workspace: WorkspaceID, from db: Database) throws -> SharedFamilies {
    var families = SharedFamilies()
    let arguments: StatementArguments = [workspace.provider.rawValue, workspace.name]
    let owners = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT f.scope, f.measure, f.collector FROM family_owner f JOIN workspace w ON w.id = f.workspace_id
          WHERE w.provider = ? AND w.name = ?
          """), arguments: arguments)
    while let row = try owners.next() {
      guard let scope = Scope(rawValue: row[0]), let measure = Measure(rawValue: row[1]) else { continue }
      families.owners[SeriesFamily(scope, measure)] = row[2]
    }
    let carried = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT k.scope, k.name, k.qualifier, k.measure, k.dimension, k.amount
          FROM carried k JOIN workspace w ON w.id = k.workspace_id
          WHERE w.provider = ? AND w.name = ?
          """), arguments: arguments)
    while let row = try carried.next() {
      guard let key = SeriesKey(row: row) else { continue }
      families.carried[key] = row[5]
    }
    return families
  }

  static func lastSuccess(of id: CollectorID, from db: Database) throws -> Date? {
    let seconds = try Double.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT c.last_success FROM workspace w JOIN collector c ON c.workspace_id = w.id
          WHERE w.provider = ? AND w.name = ? AND c.name = ?
          """), arguments: [id.workspace.provider.rawValue, id.workspace.name, id.name])
    return seconds.map(Date.init(seconds:))
  }

  /// The counters of a family, as a collector counts them, whether it is registered in this process or not.
  static func counters(of family: SeriesFamily, in id: CollectorID, from db: Database) throws
    -> [SeriesKey: SeriesState]
  {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT e.scope, e.name, e.qualifier, s.measure, s.dimension, s.id, s.total, s.hold_for, s.hold_until
          FROM workspace w JOIN collector c ON c.workspace_id = w.id JOIN series s ON s.collector_id = c.id
          JOIN entity e ON e.id = s.entity_id
          WHERE w.provider = ? AND w.name = ? AND c.name = ? AND e.scope = ? AND s.measure = ?
          """),
      arguments: [
        id.workspace.provider.rawValue, id.workspace.name, id.name, family.scope.rawValue, family.measure.rawValue,
      ])
    var counters: [SeriesKey: SeriesState] = [:]
    while let row = try rows.next() {
      guard let key = SeriesKey(row: row) else { continue }
      counters[key] = SeriesState(row: row[5], total: row[6], hold: .init(duration: row[7], end: row[8]))
    }
    return counters
  }

  static func save(
    _ families: SharedFamilies, _ family: SeriesFamily, of workspace: WorkspaceID, in writer: LedgerWriter
  ) throws {
    let id = try LedgerQueries.row(of: workspace, in: writer.db())
    let (scope, measure) = (family.scope.rawValue, family.measure.rawValue)
    try writer.run(
      "INSERT OR REPLACE INTO family_owner VALUES (?, ?, ?, ?)", [id, scope, measure, families.owners[family]])
    try writer.run("DELETE FROM carried WHERE workspace_id = ? AND scope = ? AND measure = ?", [id, scope, measure])
    for (key, amount) in families.carried where key.family == family {
      try writer.run(
        "INSERT INTO carried VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
          id, scope, StoredText.encode(key.entity.id), StoredText.encode(key.entity.qualifier), measure, key.dimension,
          amount,
        ])
    }
  }

  static func release(_ counters: some Sequence<SeriesState>, in writer: LedgerWriter) throws {
    for counter in counters {
      try writer.run("UPDATE series SET hold_for = NULL, hold_until = NULL WHERE id = ?", [counter.row])
    }
  }
}
