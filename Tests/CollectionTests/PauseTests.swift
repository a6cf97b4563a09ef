import Collection
import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// What scrapes show while a provider is not to be asked, or answers half of what it is asked.
@Suite struct PauseTests {
  private static let start = "2026-11-19T13:07:11Z"
  private static let labels = ["provider": "langdock", "workspace": "acme"]

  private static func configuration(_ collectors: String) -> String {
    """
    defaults: { zero_hold: 0s, periods: [day, month], active_user_windows: [7d], max_staleness: 2h }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: $LANGDOCK
        requests_per_minute: 10000
        collectors: { \(collectors) }
    """
  }

  private func run(
    _ collectors: String, _ body: @escaping @Sendable (Rig, Simulator, ManualClock) async throws -> Void
  ) async throws {
    let start = try instant(Self.start)
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    company.addMessages(5, agent: "a", at: start.addingTimeInterval(-600))
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Self.configuration(collectors))
      try await body(rig, simulator, clock)
      await rig.stop()
    }
  }

  /// A pause is one of the whole workspace: each of its collectors tells when it may ask next.
  @Test func everyCollectorTellsOfThePause() async throws {
    try await run("agents: { min_interval: 30m }, models: { min_interval: 10m }") { rig, simulator, clock in
      _ = try await rig.scrape()
      clock.advance(by: 601)
      simulator.faults.inject(.rateLimited(.seconds(3600)), at: .langdock, times: 1)
      let scrape = try await rig.scrape()
      for collector in ["agents", "models"] {
        let next = scrape[
          "agentusage_collector_next_attempt_timestamp_seconds", Self.labels.merging(["collector": collector]) { $1 }]
        #expect(next == clock.now().timeIntervalSince1970 + 3600)
      }
    }
  }

  /// "after this long without a success a collector's data series are withdrawn": also after none at all.
  @Test func halfOfAFirstCollectionIsNotShownForEver() async throws {
    try await run("agents: { min_interval: 30m }") { rig, simulator, clock in
      // The days are read, and the month is not.
      simulator.faults.inject(.status(500), at: .langdock, path: "/export/agents", sparing: 4)
      let month = Self.labels.merging(["agent_id": "a", "period": "day"]) { $1 }
      #expect(try await rig.scrape()["agentusage_agent_period_messages", month] == 5)
      simulator.faults.clear()
      simulator.faults.inject(.status(500), at: .langdock, path: "/export/agents")
      for _ in 0..<4 {
        clock.advance(by: 1801)
        _ = try await rig.scrape()
      }
      #expect(try await rig.scrape()["agentusage_agent_period_messages", month] == nil)
      let status = await rig.coordinator.workspaceStatus(at: clock.now()).flatMap(\.collectors)
      #expect(status.allSatisfy { $0.name != "agents" || $0.publishedUntil.map { $0 < clock.now() } == true })
    }
  }
}
