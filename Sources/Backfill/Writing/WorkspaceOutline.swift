import Exposition
import Foundation
import GRDB
import Ledger
import Publication
import Usage

/// Which series of a workspace are published, as the live exporter would: each once, agents beyond the limit as one.
struct WorkspaceOutline {
  /// A unit of the workspace with its row in the spill, in the order of its collectors.
  struct Member {
    let row: Int64
    let unit: BackfillUnit
  }

  private let id: WorkspaceID
  private let calendar: LocalCalendar
  private let members: [Member]
  private let preference: [SeriesFamily: [String]]
  private let folded: Set<String>
  private var labels: UsageLabels
  private var claimed: Set<SpillRows.Key> = []
  private var counters: [SeriesKey: OutlinedSeries] = [:]
  private(set) var families: [String: OutlinedFamily] = [:]

  /// - Parameter members: those whose provider has switched on what they ask for.
  init(
    _ id: WorkspaceID, in calendar: LocalCalendar, members: [Member], preference: [SeriesFamily: [String]],
    maxAgents: Int, from db: Database
  ) throws {
    self.id = id
    self.calendar = calendar
    self.members = members
    self.preference = preference
    labels = UsageLabels(id)
    folded = try AgentSelection(members: members, limit: maxAgents).folded(in: db)
    for member in members { try takeSeries(of: member, from: db) }
    for (key, series) in counters {
      if let metric = UsageFamilies.counters[key.family] { add(series, metric, .counter(key.measure)) }
    }
    try takeNames(from: db)
  }

  private mutating func takeSeries(of member: Member, from db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT scope, name, qualifier, measure, dimension, id FROM series WHERE unit_id = ? ORDER BY id",
      arguments: [member.row])
    while let row = try rows.next() {
      guard let key = SpillRows.Key(row: row), isPublished(key, by: member.unit) else { continue }
      if let measure = key.measure {
        takeCounter(SeriesKey(key.entity, measure, key.dimension), row[5], member.unit)
      } else {
        takeUsers(key.entity, row[5], member.unit)
      }
    }
  }

  /// Of several collectors that tell of the same, the preferred one is published, or else the first.
  private mutating func isPublished(_ key: SpillRows.Key, by unit: BackfillUnit) -> Bool {
    if let measure = key.measure, let names = preference[SeriesFamily(key.entity.scope, measure)],
      let owner = names.first(where: { name in members.contains { $0.unit.id.name == name } })
    {
      return owner == unit.id.name
    }
    return claimed.insert(key).inserted
  }

  private mutating func takeCounter(_ key: SeriesKey, _ row: Int64, _ unit: BackfillUnit) {
    let shown = isFolded(key.entity) ? SeriesKey(.other, key.measure, key.dimension) : key
    if var known = counters[shown] {
      known.rows.append(row)
      known.span = DaySpan(min(known.span.first, unit.span.first), through: max(known.span.last, unit.span.last))
      counters[shown] = known
    } else {
      counters[shown] = series(shown.entity, shown.dimension, labels.counter(shown), [row], unit.span)
    }
  }

  private mutating func takeUsers(_ entity: Entity, _ row: Int64, _ unit: BackfillUnit) {
    guard let metric = UsageFamilies.activeUsers[entity.scope], let window = ActiveUserWindow(days: 1),
      !isFolded(entity), entity != .other
    else { return }
    let set = labels.activeUsers(entity, over: window)
    add(series(entity, "", set, [row], unit.span), metric, .activeUsers)
  }

  private mutating func takeNames(from db: Database) throws {
    var named: Set<Entity> = []
    for member in members {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT scope, name, qualifier, json FROM attribute WHERE unit_id = ?", arguments: [member.row])
      while let row = try rows.next() {
        guard let entity = Entity(row: row), !isFolded(entity), named.insert(entity).inserted else { continue }
        let pairs = try JSONDecoder().decode([[String]].self, from: row[3])
        addInfo(entity, pairs.compactMap { $0.count == 2 ? Reading.Attribute($0[0], $0[1]) : nil }, member.unit.span)
      }
    }
    for (entity, name) in UsageLabels.ownNames where !named.contains(entity) {
      if let known = counters.first(where: { $0.key.entity == entity }) { addInfo(entity, [name], known.value.span) }
    }
  }

  private mutating func addInfo(_ entity: Entity, _ attributes: [Reading.Attribute], _ span: DaySpan) {
    guard let metric = UsageFamilies.infos[entity.scope] else { return }
    add(series(entity, "", labels.info(entity, attributes, of: metric), [], span), metric, .info)
  }

  private func isFolded(_ entity: Entity) -> Bool { entity.scope == .agent && folded.contains(entity.id) }

  private func series(
    _ entity: Entity, _ dimension: String, _ labels: LabelSet, _ rows: [Int64], _ span: DaySpan
  ) -> OutlinedSeries {
    OutlinedSeries(
      workspace: id, calendar: calendar, entity: entity, dimension: dimension, labels: labels, rows: rows, span: span)
  }

  private mutating func add(_ series: OutlinedSeries, _ metric: MetricDescriptor, _ content: OutlinedFamily.Content) {
    families[metric.family.name, default: OutlinedFamily(metric: metric, content: content)].series.append(series)
  }
}
