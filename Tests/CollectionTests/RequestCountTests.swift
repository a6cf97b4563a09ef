import Collection
import Foundation
import Providers
import Settings
import Simulator
import TestSupport
import Testing
import Usage

/// "`doctor` and the README say how many requests a day the defaults make."
@Suite("Requests a day")
struct RequestCountTests {
  private static let start = "2026-11-19T12:00:00Z"

  @Test("are what the README says")
  func defaults() throws {
    let loader = SettingsLoader(
      providers: ProviderRegistry.all.map(\.defaults),
      environment: [
        "LANGDOCK_API_KEY": "a", "DUST_API_KEY": "b", "DUST_WORKSPACE_ID": "w", "TESS_API_KEY": "c",
        "TESS_WORKSPACE_ID": "7", "AGENTPHONE_API_KEY": "d",
      ])
    let now = try instant(Self.start)
    let workspaces = try loader.loadFromEnvironment().workspaces
    let counts = workspaces.map { WorkspaceAssembly.requestsPerDay($0, at: now) }
    #expect(counts == [528, 552, 289, 1440])
    let idle = workspaces.map { settings in
      let plan = WorkspaceAssembly.plan(settings)
      return plan.members.reduce(0) { $0 + $1.collector.requestsPerRefresh(plan.policy.idleDemand(at: now)) }
    }
    #expect(idle == [10, 11, 1, 5])
  }

  /// A workspace with nothing but what it must have.
  private static func configuration(_ provider: String) -> String {
    let (name, key) = (provider.uppercased(), provider == "dust" ? "DK" : "TK")
    return """
      workspaces:
        - name: acme
          provider: \(provider)
          api_key: ${\(key)}
          workspace_id: "$\(name)_WORKSPACE"
          base_url: $\(name)
          requests_per_minute: 10000
      """
  }

  /// A day of scrapes every five minutes, over a workspace in use and one that is not.
  @Test("are not exceeded but for pages", arguments: ["dust", "tess"], [true, false])
  func aDay(provider: String, isUsed: Bool) async throws {
    let start = try instant(Self.start)
    let today = LocalCalendar.utc.day(at: start)
    let days = DaySpan(today.advanced(by: -40), through: today.advanced(by: isUsed ? 3 : -1))
    let company =
      provider == "dust"
      ? DustScript.company(days, today: today, perDay: 10, seed: 3)
      : TessScript.company(days, today: today, perDay: 60, seed: 3, firstRead: start)
    let service: SimulatedService = provider == "dust" ? .dust : .tess
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Self.configuration(provider))
      _ = try await rig.scrape()
      clock.advance(by: 1800)
      simulator.log.clear()
      _ = try await rig.scrape()
      #expect(simulator.log.count(service) == (provider == "dust" ? 11 : 1))
      // From the second day on nothing is left of the first reading.
      clock.advance(by: 86_400)
      _ = try await rig.scrape()
      simulator.log.clear()
      for _ in 0..<288 {
        clock.advance(by: 300)
        _ = try await rig.scrape()
      }
      #expect(rig.reports.failures == [])
      // Closed days of Dust's daily tables come with today's, so that they cost nothing; of Tess one is read whole, in as
      // many pages as it has.
      #expect(simulator.log.count(service) == (provider == "dust" ? 552 : isUsed ? 290 : 289))
      await rig.stop()
    }
  }
}
