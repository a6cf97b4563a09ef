import Collection
import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// A day that cannot be read keeps neither today nor the others from being counted, and counts when it can be.
@Suite struct GapTests {
  private static let configuration = Rig.dust(
    ["agents"], interval: "5m",
    defaults: Rig.defaults(periods: "day, month", windows: "7d", more: ", max_staleness: 24h"))
  private static let labels = ["provider": "dust", "workspace": "acme"]
  private static let collector = labels.merging(["collector": "agents"]) { $1 }
  private static let agent = labels.merging(["agent_id": "a"]) { $1 }

  private struct Seen: Equatable {
    let counted: Double?
    let success: Double?
    let catchingUp: Double?
    /// Seconds of data that are missing.
    let lag: Double?

    init(counted: Double, success: Double = 1, catchingUp: Double, lag: Double = 0) {
      (self.counted, self.success, self.catchingUp, self.lag) = (counted, success, catchingUp, lag)
    }

    init(_ scrape: Scrape) {
      counted = scrape["agentusage_agent_messages_total", GapTests.agent]
      success = scrape["agentusage_collector_success", GapTests.collector]
      catchingUp = scrape["agentusage_collector_catching_up", GapTests.collector]
      let through = scrape["agentusage_collector_data_through_timestamp_seconds", GapTests.collector]
      let last = scrape["agentusage_collector_last_success_timestamp_seconds", GapTests.collector]
      lag = last.flatMap { last in through.map { last - $0 } }
    }
  }

  /// At one o'clock on 19 November, five messages having been sent so many seconds before.
  private func run(
    usedBefore seconds: Double, _ body: @escaping @Sendable (Rig, Simulator, ManualClock) async throws -> Void
  ) async throws {
    let start = try instant("2026-11-19T13:00:00Z")
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    company.addDustMessages(5, agent: "a", at: start.addingTimeInterval(-seconds))
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Self.configuration)
      try await body(rig, simulator, clock)
      await rig.stop()
    }
  }

  @Test func aDayThatCannotBeRead() async throws {
    try await run(usedBefore: 600) { rig, simulator, clock async throws in
      let (start, company) = (clock.now(), simulator.company)
      func see(after seconds: Double) async throws -> Seen {
        clock.advance(by: seconds)
        return Seen(try await rig.scrape())
      }
      #expect(try await see(after: 0) == Seen(counted: 0, catchingUp: 0))
      company.addDustMessages(10, agent: "a", at: start.addingTimeInterval(3600))
      simulator.faults.inject(.status(500), at: .dust, parameter: "endDate=2026-11-19")
      company.addDustMessages(7, agent: "a", at: start.addingTimeInterval(86_000))
      // 20 November, and what is known of the 19th ends at the first reading.
      #expect(try await see(after: 86_400) == Seen(counted: 7, catchingUp: 1, lag: 86_400))
      #expect(try await see(after: 301) == Seen(counted: 7, catchingUp: 0, lag: 86_701))
      // For longer than data may be stale.
      company.addDustMessages(3, agent: "a", at: start.addingTimeInterval(259_000))
      #expect(try await see(after: 2 * 86_400) == Seen(counted: 10, catchingUp: 1, lag: 259_501))
      let status = await rig.coordinator.workspaceStatus(at: clock.now()).flatMap(\.collectors)
      #expect(status.flatMap(\.notices).contains { $0.hasPrefix("the day 2026-11-19 cannot be read") })
      #expect(try await see(after: 301) == Seen(counted: 10, catchingUp: 0, lag: 259_802))
      simulator.faults.clear()
      #expect(try await see(after: 301) == Seen(counted: 20, catchingUp: 1))
      #expect(try await see(after: 301) == Seen(counted: 20, catchingUp: 0))
      #expect(rig.reports.failures.isEmpty)
    }
  }

  /// What is not known cannot be a baseline.
  @Test func aFirstCollectionWantsAllDays() async throws {
    try await run(usedBefore: 86_400) { rig, simulator, clock async throws in
      simulator.faults.inject(.status(500), at: .dust, parameter: "endDate=2026-11-18", times: 1)
      #expect(Seen(try await rig.scrape()).success == 0)
      clock.advance(by: 301)
      #expect(Seen(try await rig.scrape()) == Seen(counted: 0, catchingUp: 0))
    }
  }
}
