import GRDB
import Ledger
import Usage

/// Which agents of a workspace have series of their own: those that the live exporter would have kept, had it seen the days
/// one after the other.
struct AgentSelection {
  let members: [WorkspaceOutline.Member]
  /// `max_agents`.
  let limit: Int

  /// - Returns: the ids of the others.
  func folded(in db: Database) throws -> Set<String> {
    let all = try agents(in: db)
    guard all.count > limit, let first = members.map(\.unit.span.first).min(),
      let last = members.map(\.unit.span.last).max()
    else { return [] }
    var folding = AgentFolding()
    for day in DaySpan(first, through: last).days {
      for member in members { _ = folding.fold(try reading(of: member, on: day, in: db), limit: limit) }
    }
    // Those that were never used come last.
    var unused = Reading()
    for agent in all { unused.attributes[agent] = [] }
    _ = folding.fold(unused, limit: limit)
    return folding.folded
  }

  private func agents(in db: Database) throws -> Set<Entity> {
    var agents: Set<Entity> = []
    for member in members {
      for table in ["series", "attribute"] {
        let rows = try Row.fetchCursor(
          db, sql: "SELECT DISTINCT scope, name, qualifier FROM \(table) WHERE unit_id = ? AND scope = 'agent'",
          arguments: [member.row])
        while let row = try rows.next() { if let agent = Entity(row: row) { agents.insert(agent) } }
      }
    }
    return agents.subtracting([.unassigned, .other])
  }

  private func reading(of member: WorkspaceOutline.Member, on day: Day, in db: Database) throws -> Reading {
    var reading = Reading()
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT s.scope, s.name, s.qualifier, s.measure, s.dimension, c.value
          FROM cell c JOIN series s ON s.id = c.series_id
          WHERE c.day = ? AND s.unit_id = ? AND s.scope = 'agent'
          """), arguments: [day.ordinal, member.row])
    while let row = try rows.next() {
      guard let key = SpillRows.Key(row: row) else { continue }
      if let measure = key.measure {
        reading.quantities[SeriesKey(key.entity, measure, key.dimension)] = row[5]
      } else {
        reading.activeUsers[key.entity] = row[5]
      }
    }
    return reading
  }
}
