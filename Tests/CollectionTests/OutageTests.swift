import Collection
import Foundation
import Ledger
import Simulator
import TestSupport
import Testing
import Usage

/// "After an outage, of the provider or of the exporter, every missed day is read and counted", of Dust and Tess.
@Suite struct OutageTests {
  private static let start = "2026-11-19T13:07:11Z"

  private struct Platform: Sendable {
    let service: SimulatedService
    let provider: String
    let collector: String
    let counter: String
    let configuration: String
    let use: @Sendable (Company, Int, Date) -> Void
  }

  /// Data stay in sight for longer than the outage.
  private static let patient = Rig.defaults(periods: "day, month", more: ", max_staleness: 96h")

  private static let dust = Platform(
    service: .dust, provider: "dust", collector: "agents", counter: "agentusage_agent_messages_total",
    configuration: Rig.dust(["agents", "usage_metrics", "consumption"], interval: "5m", defaults: patient)
  ) { company, count, moment in
    company.addDustMessages(count, agent: "a", at: moment, .init { $0.credits = 25 })
  }

  private static let tess = Platform(
    service: .tess, provider: "tess", collector: "executions", counter: "agentusage_agent_executions_total",
    configuration: Rig.tess(interval: "5m", defaults: patient)
  ) { company, count, moment in
    company.addExecutions(count, agent: "a", at: moment, .init { $0.credits = 250_000 })
  }

  private static let all = [dust, tess]

  @Test(arguments: [0, 1], [true, false])
  func everyMissedDayIsCounted(platform index: Int, ofTheProvider: Bool) async throws {
    let platform = Self.all[index]
    let start = try instant(Self.start)
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    platform.use(company, 5, start.addingTimeInterval(-600))
    try await withSimulator(company, at: start) { simulator, clock in
      let database = try LedgerDatabase.inMemory()
      var rig = try await Rig(simulator, clock: clock, database: database, configuration: platform.configuration)
      _ = try await rig.scrape()
      clock.advance(by: 301)
      try Self.expect(try await rig.scrape(), platform, count: 0, catchingUp: false)
      if ofTheProvider { simulator.faults.inject(.status(503), at: platform.service) } else { await rig.stop() }
      for day in 1...3 {
        let moment = clock.now().addingTimeInterval(86_400)
        // More than a page, and the first of it long before the last.
        platform.use(company, 150 * day, moment.addingTimeInterval(-40_000))
        platform.use(company, 10 * day, moment.addingTimeInterval(-1))
        clock.set(moment)
        if ofTheProvider { try Self.expect(try await rig.scrape(), platform, count: 0, catchingUp: false) }
      }
      simulator.faults.clear()
      if !ofTheProvider {
        rig = try await Rig(simulator, clock: clock, database: database, configuration: platform.configuration)
      }
      clock.advance(by: 1900)
      try Self.expect(try await rig.scrape(), platform, count: 960, catchingUp: true)
      clock.advance(by: 301)
      let last = try await rig.scrape()
      try Self.expect(last, platform, count: 960, catchingUp: false)
      // As exact as the counts: none of the days was read in part.
      let credits = last["agentusage_agent_credits_total", Self.labels(platform, ["agent_id": "a"])]
      #expect(credits == 240)
      await rig.stop()
    }
  }

  /// Scrapes that show nothing of a collector, because its data are too old, use nothing of a hold up.
  @Test func aHoldIsNotUsedUpWhileDataAreWithdrawn() async throws {
    let start = try instant(Self.start)
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    company.addDustMessages(5, agent: "a", at: start.addingTimeInterval(-600))
    let defaults = Rig.defaults(periods: "day, month", more: ", max_staleness: 1h")
      .replacingOccurrences(of: "zero_hold: 0s", with: "zero_hold: 2m")
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.dust(["agents"], defaults: defaults))
      _ = try await rig.scrape()
      clock.advance(by: 7200)
      company.addDustMessages(9, agent: "late", at: clock.now())
      // Today is read, and then nothing for a while.
      simulator.faults.inject(.hang, at: .dust, sparing: 1)
      for _ in 0..<3 {
        #expect(await rig.coordinator.scrape(patience: .milliseconds(400)) == .late)
        clock.advance(by: 121)
      }
      simulator.faults.clear()
      simulator.faults.release()
      let late = Self.labels(Self.dust, ["agent_id": "late"])
      #expect(try await rig.scrape()[Self.dust.counter, late] == 0)
      clock.advance(by: 121)
      #expect(try await rig.scrape()[Self.dust.counter, late] == 9)
      await rig.stop()
    }
  }

  private static func expect(_ scrape: Scrape, _ platform: Platform, count: Double, catchingUp: Bool) throws {
    #expect(scrape[platform.counter, labels(platform, ["agent_id": "a"])] == count)
    let flag = scrape[
      "agentusage_collector_catching_up", labels(platform, ["collector": platform.collector])]
    #expect(flag == (catchingUp ? 1 : 0))
  }

  private static func labels(_ platform: Platform, _ more: [String: String]) -> [String: String] {
    ["provider": platform.provider, "workspace": "acme"].merging(more) { $1 }
  }
}
