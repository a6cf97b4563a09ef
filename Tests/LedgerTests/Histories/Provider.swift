import Ledger
import Usage

/// What the provider knows, and how it comes to know it.
struct Provider: Sendable {
  let shape: Shape
  private(set) var totals: [Bucket: [SeriesKey: Int64]] = [:]
  /// What was moved from deleted agents, should they be restored.
  private var deleted: [SeriesKey: Int64] = [:]
  /// All that was ever used: what the counters of a history that only grows must come to.
  private(set) var used: Int64 = 0

  init(shape: Shape) {
    self.shape = shape
  }

  mutating func use(_ key: SeriesKey, _ amount: Int64, on day: Day) {
    totals[shape.bucket(of: day), default: [:]][key, default: 0] += amount
    used += amount
  }

  mutating func correct(_ key: SeriesKey, _ amount: Int64, on day: Day) {
    guard let old = totals[shape.bucket(of: day)]?[key] else { return }
    totals[shape.bucket(of: day)]?[key] = max(0, old - amount)
  }

  mutating func vanish(_ agent: Agent, on day: Day) {
    for lane in Lane.allCases { totals[shape.bucket(of: day)]?[lane.key(agent.entity)] = nil }
  }

  mutating func delete(_ agent: Agent, on day: Day) {
    for lane in Lane.allCases {
      let key = lane.key(agent.entity)
      for bucket in shape.moves ? [shape.bucket(of: day)] : Array(totals.keys) {
        guard let total = totals[bucket]?.removeValue(forKey: key), shape.moves else { continue }
        totals[bucket]?[lane.key(.unassigned), default: 0] += total
        deleted[key, default: 0] += total
      }
    }
  }

  mutating func restore(_ agent: Agent, on day: Day) {
    let bucket = shape.bucket(of: day)
    for lane in Lane.allCases {
      let key = lane.key(agent.entity)
      let amount = min(deleted[key] ?? 0, totals[bucket]?[lane.key(.unassigned)] ?? 0)
      guard amount > 0 else { continue }
      deleted[key] = nil
      totals[bucket]?[lane.key(.unassigned), default: 0] -= amount
      totals[bucket]?[key, default: 0] += amount
    }
  }

  /// The answer for one bucket. Gauges are what the provider tells beside it if today is asked for.
  func answer(_ bucket: Bucket, silent: Lane?, gauges today: Day?) -> Answer {
    var reading = Reading()
    reading.quantities = totals[bucket] ?? [:]
    if let silent {
      reading.unreported = [silent.measure]
      reading.quantities = reading.quantities.filter { $0.key.measure != silent.measure }
    }
    reading.rows = reading.quantities.count
    if reading.rows == 3 { reading.reject(.negative) }
    var coverage = [Coverage.bucket(bucket)]
    if let today, let window = ActiveUserWindow(days: 7) {
      coverage += [.period(PeriodWindow(.day, start: today)), .activeUsers(window, end: today)]
      reading.states[.phoneNumbersUsed] = Int64(reading.rows)
      for (key, amount) in reading.quantities where key.entity != .unassigned {
        reading.activeUsers[key.entity] = amount % 5
        reading.attributes[key.entity] = [.init("name", "\(key.entity.id) \(amount % 3)")]
      }
    }
    return Answer(coverage, reading)
  }

  /// The answer for the month so far: it is no bucket, so nothing of it is counted.
  func month(_ today: Day) -> Answer {
    var reading = Reading()
    for (bucket, values) in totals {
      if case .day(let day) = bucket, day < today.firstOfMonth || day > today { continue }
      reading.quantities.merge(values, uniquingKeysWith: +)
    }
    return Answer([.period(PeriodWindow(.month, today: today))], reading)
  }

  /// What a provider that only tells days lets be said of the week so far.
  func week(_ today: Day) -> Answer { Answer([.summed(PeriodWindow(.week, today: today))], Reading()) }
}
