import Foundation
import Ledger
import Usage

/// A collector with agents, for tests that look at one thing at a time.
enum Sample {
  static let workspace = WorkspaceID(.dust, "acme")
  static let collector = CollectorID(workspace, "agents")
  static let today = Day(ordinal: 20_270)
  /// Noon of ``today``, UTC.
  static let noon = Date(timeIntervalSince1970: 20_270 * 86_400 + 43_200)
  static let policy = CountingPolicy(zeroHold: 120, maxAgents: 100)

  static func key(_ agent: String, _ measure: Measure = .messages) -> SeriesKey {
    SeriesKey(Entity(.agent, agent), measure)
  }

  static func reading(_ messages: [String: Int64]) -> Reading {
    var reading = Reading()
    for (agent, count) in messages { reading.quantities[key(agent)] = count }
    reading.rows = messages.count
    return reading
  }

  static func answer(_ messages: [String: Int64], on day: Day = today) -> Answer {
    Answer([.bucket(.day(day))], reading(messages))
  }
}

extension Ledger {
  /// Registers the sample collector and lets it have completed a first collection that found `messages` for today.
  func begin(with messages: [String: Int64] = [:], zone: String = "UTC") throws {
    var progress = try register(Sample.collector, zone: zone).progress
    try take(messages)
    progress.baselined = true
    try record(progress, for: Sample.collector)
  }

  @discardableResult
  func take(_ messages: [String: Int64], on day: Day = Sample.today) throws -> CollectorBook {
    try commit(Sample.answer(messages, on: day), to: Sample.collector, at: Sample.noon, policy: Sample.policy)
  }

  /// What the counters have come to, whether a scrape shows it yet or not.
  func totals() -> [String: Int64] {
    var totals: [String: Int64] = [:]
    for (key, state) in book(of: Sample.collector)?.series ?? [:] { totals[key.entity.id] = state.total }
    return totals
  }
}
