package import Usage

/// Keeps the number of agents of a workspace bounded: those that arrive after the first `max_agents` share one entity.
package struct AgentFolding: Sendable {
  /// Agents that have series of their own.
  package private(set) var kept: Set<String> = []
  /// Agents that were folded once stay folded: their past usage is in `other` and cannot be taken out again.
  package private(set) var folded: Set<String> = []

  package init(kept: Set<String> = [], folded: Set<String> = []) {
    self.kept = kept
    self.folded = folded
  }

  /// Admits the agents of `reading`, the busiest new ones first.
  ///
  /// - Returns: the reading in terms of the agents that have series, and the ids folded for the first time.
  package mutating func fold(_ reading: Reading, limit: Int) -> (reading: Reading, newlyFolded: Set<String>) {
    let arrivals = newAgents(in: reading)
    let room = max(0, limit - kept.count)
    kept.formUnion(arrivals.prefix(room))
    let newlyFolded = Set(arrivals.dropFirst(room))
    folded.formUnion(newlyFolded)
    guard !folded.isEmpty else { return (reading, newlyFolded) }
    return (rewritten(reading), newlyFolded)
  }

  private func newAgents(in reading: Reading) -> [String] {
    var sizes: [String: Int64] = [:]
    for entity in Set(reading.attributes.keys).union(reading.activeUsers.keys) where isNew(entity) {
      sizes[entity.id] = 0
    }
    for (key, amount) in reading.quantities where isNew(key.entity) {
      let (sum, overflow) = (sizes[key.entity.id] ?? 0).addingReportingOverflow(amount / key.measure.scale.rawValue)
      sizes[key.entity.id] = overflow ? .max : sum
    }
    return sizes.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.map(\.key)
  }

  private func isNew(_ entity: Entity) -> Bool {
    entity.scope == .agent && !kept.contains(entity.id) && !folded.contains(entity.id)
      && entity != .unassigned && entity != .other
  }

  private func isFolded(_ entity: Entity) -> Bool {
    entity.scope == .agent && folded.contains(entity.id)
  }

  private func rewritten(_ reading: Reading) -> Reading {
    var result = reading
    for (key, amount) in reading.quantities where isFolded(key.entity) {
      result.quantities[key] = nil
      let other = SeriesKey(.other, key.measure, key.dimension)
      result.quantities[other] = (result.quantities[other] ?? 0).saturatingAdd(amount)
    }
    result.activeUsers = reading.activeUsers.filter { !isFolded($0.key) }
    result.attributes = reading.attributes.filter { !isFolded($0.key) }
    return result
  }
}

extension Int64 {
  fileprivate func saturatingAdd(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
