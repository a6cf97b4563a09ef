import Ledger
import Usage

/// Which agents have series of their own: the first `limit`, and of those that arrive together the busiest.
struct Admission: Sendable {
  private(set) var kept: Set<String> = []
  private(set) var folded: Set<String> = []

  mutating func admit(_ reading: Reading, limit: Int) -> Reading {
    var arrivals: [String: Int64] = [:]
    for (key, amount) in reading.quantities where isAgent(key.entity) { arrivals[key.entity.id, default: 0] += amount }
    for (agent, _) in arrivals.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
    where !kept.contains(agent) && !folded.contains(agent) {
      if kept.count < limit { kept.insert(agent) } else { folded.insert(agent) }
    }
    var result = reading
    result.quantities = [:]
    for (key, amount) in reading.quantities {
      let entity = isFolded(key.entity) ? Entity.other : key.entity
      result.quantities[SeriesKey(entity, key.measure, key.dimension), default: 0] += amount
    }
    result.activeUsers = reading.activeUsers.filter { !isFolded($0.key) }
    result.attributes = reading.attributes.filter { !isFolded($0.key) }
    return result
  }

  private func isAgent(_ entity: Entity) -> Bool { entity != .unassigned }
  private func isFolded(_ entity: Entity) -> Bool { folded.contains(entity.id) }
}

/// What is published as the provider reports it now.
struct Gauges: Sendable {
  var periods: [PeriodWindow: [SeriesKey: Int64]] = [:]
  var activeUsers: [ActiveUserWindow: (end: Day, counts: [Entity: Int64])] = [:]
  var attributes: [Entity: [Reading.Attribute]] = [:]
  var states: [WorkspaceState: Int64] = [:]
  var rejected: [RowRejection: Int64] = [:]

  mutating func take(_ coverage: [Coverage], _ reading: Reading) {
    for part in coverage {
      switch part {
      case .bucket, .summed: break
      case .period(let window): set(window, reading.quantities)
      case .activeUsers(let window, let end):
        activeUsers[window] = (end, reading.activeUsers)
      }
    }
    attributes.merge(reading.attributes) { $1 }
    states.merge(reading.states) { $1 }
    rejected.merge(reading.rejected.mapValues(Int64.init), uniquingKeysWith: +)
  }

  mutating func set(_ window: PeriodWindow, _ values: [SeriesKey: Int64]) {
    periods[window] = values
    // Yesterday is still published, as `previous_day`; what is older is not.
    let oldest = window.unit == .day ? window.start.advanced(by: -1) : window.start
    periods = periods.filter { $0.key.unit != window.unit || $0.key.start >= oldest }
  }
}
