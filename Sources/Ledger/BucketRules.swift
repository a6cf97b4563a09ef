package import Usage

/// How a restated bucket becomes counter increases (the contract's section 4): pure functions of the old cells and the new answer.
package enum BucketRules {
  /// Replaces a whole bucket.
  ///
  /// An entity that is missing from `new` is 0 there. `counted` only ever grows, to the highest value seen; but a baseline
  /// is a new beginning, also for a day that another time zone had cut otherwise.
  ///
  /// - Parameters:
  ///   - old: every cell of the bucket.
  ///   - new: the successful answer for the bucket.
  ///   - unreported: measures of which the answer says nothing; their cells stay.
  ///   - untold: measures of which neither the baseline nor an answer since has said anything: what they begin with is their
  ///     baseline.
  ///   - collector: the entity to which a provider moves the usage of deleted ones, if it does so.
  /// - Returns: the cells that change, and those that `new` names for the first time.
  package static func replace(
    _ old: [SeriesKey: Cell], with new: [SeriesKey: Int64], unreported: Set<Measure> = [], untold: Set<Measure> = [],
    mode: CountingMode, moves collector: Entity? = nil
  ) throws -> [SeriesKey: CellChange] {
    var changes: [SeriesKey: CellChange] = [:]
    try replace(old, with: new, unreported: unreported, untold: untold, mode: mode, moves: collector) {
      key, _, change in
      changes[key] = change
    }
    return changes
  }

  /// Hands on each change, with the place of its series, instead of keeping them.
  static func replace<Old: StoredCells>(
    _ old: Old, with new: [SeriesKey: Int64], unreported: Set<Measure>, untold: Set<Measure>, mode: CountingMode,
    moves collector: Entity?, _ body: (SeriesKey, Old.Place, CellChange) throws -> Void
  ) throws {
    var moved: [SeriesKey: Int64] = [:]
    if let collector, mode == .counting {
      moved = moves(into: collector, old: old.all(), new: new, unreported: unreported.union(untold))
    }
    func kind(of key: SeriesKey) -> CountingMode { untold.contains(key.measure) ? .baseline : mode }
    func share(_ key: SeriesKey) -> Int64 { moved.isEmpty ? 0 : moved[key] ?? 0 }
    var known = 0
    for (key, value) in new {
      let (place, before) = old.find(key)
      if let before {
        known += 1
        if let change = change(of: before, to: value, moved: share(key), mode: kind(of: key)) {
          try body(key, place, change)
        }
      } else {
        let change = change(of: .zero, to: value, moved: share(key), mode: kind(of: key))
        try body(key, place, change ?? CellChange(before: .zero, after: .zero, increase: 0))
      }
    }
    // Nearly always an answer speaks of everything that it spoke of before.
    guard known < old.count else { return }
    for (key, before) in old.all() where new[key] == nil && !unreported.contains(key.measure) {
      if let change = change(of: before, to: 0, moved: share(key), mode: kind(of: key)) {
        try body(key, old.find(key).place, change)
      }
    }
  }

  private static func change(of before: Cell, to value: Int64, moved: Int64, mode: CountingMode) -> CellChange? {
    var after = before
    after.value = value
    switch mode {
    case .baseline: (after.moved, after.counted) = (0, value)
    case .counting:
      after.moved += moved
      after.counted = max(before.counted, after.effective)
    }
    guard after != before else { return nil }
    return CellChange(
      before: before, after: after, increase: mode == .baseline ? 0 : after.counted - before.counted)
  }

  /// What moved in one answer, by series: positive where it arrived, negative where it left, nothing on balance.
  ///
  /// Usage moved if it vanished from some entities while the collecting entity grew, and moved back if it vanished from
  /// the collecting entity while entities that had lost usage regained it.
  private static func moves(
    into collector: Entity, old: [SeriesKey: Cell], new: [SeriesKey: Int64], unreported: Set<Measure>
  ) -> [SeriesKey: Int64] {
    var moved: [SeriesKey: Int64] = [:]
    for lane in Set(old.keys.lazy.filter { $0.entity.scope == collector.scope }.map { Lane($0) }) {
      if unreported.contains(lane.measure) { continue }
      let target = SeriesKey(collector, lane.measure, lane.dimension)
      let growth = (new[target] ?? 0) - (old[target]?.value ?? 0)
      if growth == 0 { continue }
      let others = old.keys.filter { Lane($0) == lane && $0.entity.scope == collector.scope && $0 != target }
      let shares: [(SeriesKey, Int64)] = others.compactMap { key in
        guard let cell = old[key] else { return nil }
        let change = (new[key] ?? 0) - cell.value
        // Leaving: what vanished. Returning: no more than had left, and no more than came back.
        let share = growth > 0 ? max(0, -change) : min(max(0, -cell.moved), max(0, change))
        return share > 0 ? (key, share) : nil
      }
      distribute(growth, over: shares, to: target, into: &moved)
    }
    return moved
  }

  private static func distribute(
    _ growth: Int64, over shares: [(SeriesKey, Int64)], to target: SeriesKey, into moved: inout [SeriesKey: Int64]
  ) {
    var left = abs(growth)
    let sign: Int64 = growth > 0 ? 1 : -1
    for (key, share) in shares.sorted(by: { $0.0.entity.id < $1.0.entity.id }) where left > 0 {
      let part = min(left, share)
      moved[key, default: 0] -= sign * part
      moved[target, default: 0] += sign * part
      left -= part
    }
  }

  /// Usage moves between entities, never between measures.
  private struct Lane: Hashable {
    let measure: Measure
    let dimension: String

    init(_ key: SeriesKey) {
      measure = key.measure
      dimension = key.dimension
    }
  }
}
