import Foundation
import GRDB
import Ledger
import Usage

/// Where the days of one unit are in the database.
struct SpillRows: Sendable {
  /// A counter, or the active users of an entity if there is no measure.
  struct Key: Hashable, Sendable {
    let entity: Entity
    let measure: Measure?
    let dimension: String
  }

  let unit: Int64
  var isDisabled: Bool
  private var series: [Key: Int64]

  /// Makes the tables of a new spill, or checks that it is the one that is asked for.
  ///
  /// - Throws: ``SpillFault`` with how it differs, or what SQLite throws.
  static func open(
    _ identity: SpillIdentity, _ plan: BackfillPlan, to: Day?, in db: Database
  ) throws -> ([BackfillUnit], [CollectorID: SpillRows]) {
    if try !db.tableExists("identity") { try make(identity, plan.units, in: db) }
    let json = try String.fetchOne(db, sql: "SELECT json FROM identity") ?? ""
    guard let stored = try? JSONDecoder().decode(SpillIdentity.self, from: Data(json.utf8)) else {
      throw SpillFault("is not a backfill that was begun")
    }
    if let difference = stored.difference(from: identity) { throw SpillFault(difference) }
    var units: [BackfillUnit] = []
    var all: [CollectorID: SpillRows] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT provider, workspace, collector, first, last, id, disabled FROM unit ORDER BY id")
    {
      guard let provider = ProviderKind(rawValue: row[0]) else { continue }
      let id = CollectorID(WorkspaceID(provider, row[1]), row[2])
      let span = DaySpan(Day(ordinal: row[3]), through: Day(ordinal: row[4]))
      if let to, to != span.last { throw SpillFault("ends on \(span.last), not on \(to)") }
      // It may have been begun before the live counters, or without knowing of them.
      if let last = plan.lastDays[id.workspace], last < span.last {
        throw SpillFault(
          "ends on \(span.last), but the live counters of \(id.workspace) have all that comes after \(last)")
      }
      units.append(BackfillUnit(id, span))
      all[id] = SpillRows(unit: row[5], isDisabled: row[6], series: try series(of: row[5], in: db))
    }
    return (units, all)
  }

  private static func make(_ identity: SpillIdentity, _ units: [BackfillUnit], in db: Database) throws {
    try db.execute(sql: SpillSchema.tables)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try db.execute(
      sql: "INSERT INTO identity VALUES (?)",
      arguments: [String(decoding: try encoder.encode(identity), as: UTF8.self)])
    for unit in units {
      let workspace = unit.id.workspace
      try db.execute(
        sql: "INSERT INTO unit (provider, workspace, collector, first, last) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          workspace.provider.rawValue, workspace.name, unit.id.name, unit.span.first.ordinal, unit.span.last.ordinal,
        ])
    }
  }

  private static func series(of unit: Int64, in db: Database) throws -> [Key: Int64] {
    var series: [Key: Int64] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT scope, name, qualifier, measure, dimension, id FROM series WHERE unit_id = ?",
      arguments: [unit])
    while let row = try rows.next() { if let key = Key(row: row) { series[key] = row[5] } }
    return series
  }

  func done(in db: Database) throws -> Set<Day> {
    Set(try Int.fetchAll(db, sql: "SELECT day FROM done WHERE unit_id = ?", arguments: [unit]).map(Day.init(ordinal:)))
  }

  func disable(in db: Database) throws {
    try db.execute(sql: "UPDATE unit SET disabled = 1 WHERE id = ?", arguments: [unit])
  }

  /// Replaces a day whole. A series of which a day says 0 is known, without a row for the day.
  mutating func save(_ reading: Reading, on day: Day, in db: Database) throws {
    if try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM done WHERE unit_id = ? AND day = ?"), arguments: [unit, day.ordinal])
      == true
    {
      try forget(day, in: db)
    }
    for (key, amount) in reading.quantities {
      try save(Key(key), amount == 0 ? nil : amount, on: day, in: db)
    }
    for (entity, count) in reading.activeUsers {
      try save(Key(entity: entity, measure: nil, dimension: ""), count, on: day, in: db)
    }
    for (entity, attributes) in reading.attributes { try save(attributes, of: entity, on: day, in: db) }
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO done VALUES (?, ?)").execute(arguments: [unit, day.ordinal])
  }

  private func forget(_ day: Day, in db: Database) throws {
    try db.cachedStatement(
      sql: "DELETE FROM cell WHERE day = ? AND series_id IN (SELECT id FROM series WHERE unit_id = ?)"
    ).execute(arguments: [day.ordinal, unit])
  }

  private mutating func save(_ key: Key, _ value: Int64?, on day: Day, in db: Database) throws {
    let id = try series[key] ?? insert(key, in: db)
    series[key] = id
    guard let value else { return }
    try db.cachedStatement(sql: "INSERT INTO cell VALUES (?, ?, ?)").execute(arguments: [id, day.ordinal, value])
  }

  private func insert(_ key: Key, in db: Database) throws -> Int64 {
    try db.cachedStatement(
      sql: "INSERT INTO series (unit_id, scope, name, qualifier, measure, dimension) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      unit, key.entity.scope.rawValue, Data(key.entity.id.utf8), Data(key.entity.qualifier.utf8),
      key.measure?.rawValue ?? SpillSchema.users, key.dimension,
    ])
    return db.lastInsertedRowID
  }

  /// Of the names of an entity those of the newest day stay, in whichever order the days come.
  private func save(_ attributes: [Reading.Attribute], of entity: Entity, on day: Day, in db: Database) throws {
    let json = try JSONEncoder().encode(attributes.map { [$0.label, $0.value] })
    try db.cachedStatement(
      sql: """
        INSERT INTO attribute VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET day = excluded.day, json = excluded.json WHERE excluded.day >= day
        """
    ).execute(arguments: [
      unit, entity.scope.rawValue, Data(entity.id.utf8), Data(entity.qualifier.utf8), day.ordinal, json,
    ])
  }
}

extension SpillRows.Key {
  init(_ key: SeriesKey) {
    self.init(entity: key.entity, measure: key.measure, dimension: key.dimension)
  }

  /// - Parameter row: scope, name, qualifier, measure, dimension.
  /// - Returns: nil for a row of another version.
  init?(row: Row) {
    guard let entity = Entity(row: row) else { return nil }
    let measure = Measure(rawValue: row[3])
    guard measure != nil || row[3] == SpillSchema.users else { return nil }
    self.init(entity: entity, measure: measure, dimension: row[4])
  }
}

extension Entity {
  /// - Parameter row: scope, name and qualifier come first.
  init?(row: Row) {
    guard let scope = Scope(rawValue: row[0]) else { return nil }
    let (name, qualifier): (Data, Data) = (row[1], row[2])
    self.init(scope, String(decoding: name, as: UTF8.self), qualifier: String(decoding: qualifier, as: UTF8.self))
  }
}
