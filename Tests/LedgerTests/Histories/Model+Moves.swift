import Usage

extension Model {
  /// Moves are not usage: what `unassigned` grew by is first of all what vanished from others in the same answer, and
  /// what it shrank by is what came back to them. One unit at a time, the agents in the order of their ids.
  mutating func move(in bucket: Bucket, _ reading: Reading, but late: Set<Measure>) {
    for lane in Lane.allCases where !reading.unreported.union(late).contains(lane.measure) {
      let target = lane.key(.unassigned)
      let known = latest[bucket] ?? [:]
      var arrived = (reading.quantities[target] ?? 0) - (known[target] ?? 0)
      let others = known.keys.filter { $0.measure == lane.measure && $0 != target }
      for key in others.sorted(by: { $0.entity.id < $1.entity.id }) {
        var grown = (reading.quantities[key] ?? 0) - (known[key] ?? 0)
        while arrived > 0, grown < 0 {
          shiftOne(from: key, to: target, in: bucket)
          (arrived, grown) = (arrived - 1, grown + 1)
        }
        while arrived < 0, grown > 0, gone(from: key, in: bucket) > 0, gone(from: target, in: bucket) < 0 {
          shiftOne(from: target, to: key, in: bucket)
          (arrived, grown) = (arrived + 1, grown - 1)
        }
      }
    }
  }

  /// How much was moved away from a series, on balance.
  private func gone(from key: SeriesKey, in bucket: Bucket) -> Int64 { away[bucket]?[key] ?? 0 }

  private mutating func shiftOne(from: SeriesKey, to: SeriesKey, in bucket: Bucket) {
    away[bucket, default: [:]][from, default: 0] += 1
    away[bucket, default: [:]][to, default: 0] -= 1
  }
}
