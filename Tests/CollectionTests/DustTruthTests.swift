import Exposition
import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// "Every value of a scrape equals the simulator's truth exactly", of Dust.
@Suite struct DustTruthTests {
  private static let start = "2026-11-19T13:07:11Z"

  @Test(arguments: ["UTC", "Europe/Berlin"], [true, false])
  func everyTableEqualsTheTruth(zone: String, csvOnly: Bool) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let start = try instant(Self.start)
    let today = LocalCalendar.utc.day(at: start)
    let company = DustScript.company(
      DaySpan(today.firstOfYear.advanced(by: -3), through: today), today: today, perDay: 12, seed: 7)
    // The old message log holds failed messages too, which the truth knows by UTC days alone.
    let billedOnly = zone != "UTC"
    let change: @Sendable (inout Simulator.Configuration) -> Void = {
      $0.dust.csvOnly = csvOnly
      $0.dust.messagesFromConsumptionIndex = billedOnly
      $0.dust.workspaceUsageAlive = true
    }
    try await withSimulator(company, at: start, change) { simulator, clock in
      let rig = try await Rig(
        simulator, clock: clock, configuration: Rig.dust(defaults: Rig.defaults(zone: zone)))
      _ = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let tables = DustTables(company: company, calendar: calendar)
      for format in ExpositionFormat.allCases {
        let scrape = try Scrape(rig.text(format))
        for table in tables.always + tables.consumption + [tables.users, tables.models(billedOnly: billedOnly)] {
          table.expectGauges(scrape, in: calendar, at: start)
        }
        tables.expectUsers(scrape, at: start, unlisted: DustScript.unlisted)
        Self.expectOneOfEach(scrape)
      }
      await rig.stop()
    }
  }

  /// The seeded company: millions of messages, of which only totals are asked for.
  @Test(arguments: zip(["UTC", "Europe/Berlin"], [false, true]))
  func theDefaultsEqualTheTruth(zone: String, csvOnly: Bool) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let start = try instant(Self.start)
    let company = Company(.init(today: calendar.day(at: start), historyDays: 40))
    try await withSimulator(company, at: start, { $0.dust.csvOnly = csvOnly }) { simulator, clock in
      let collectors = ["usage_metrics", "active_users", "agents", "sources", "skills", "tools", "feedback"]
      let rig = try await Rig(
        simulator, clock: clock, configuration: Rig.dust(collectors, defaults: Rig.defaults(zone: zone)))
      _ = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let tables = DustTables(company: company, calendar: calendar)
      for format in ExpositionFormat.allCases {
        let scrape = try Scrape(rig.text(format))
        // Without the consumption export the rounded credits are the best there is.
        for table in tables.always + [tables.agents([.credits])] {
          table.expectGauges(scrape, in: calendar, at: start)
        }
        tables.expectUsers(scrape, at: start)
        Self.expectOneOfEach(scrape)
      }
      await rig.stop()
    }
  }

  /// Somebody who left and came back has a row for each stay, both with all of the usage.
  @Test func somebodyWhoCameBackIsCountedOnce() async throws {
    let start = try instant(Self.start)
    let today = LocalCalendar.utc.day(at: start)
    let company = Company.empty(today: today)
    company.setDustMemberships(
      [
        .init(from: today.advanced(by: -90), until: today.advanced(by: -8), status: .revoked),
        .init(from: today.advanced(by: -2)),
      ],
      of: "back")
    company.addDustMessages(
      3, agent: "a", at: start.addingTimeInterval(-600),
      .init {
        $0.user = "back"
        $0.credits = 500
      })
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.dust(["users"]))
      let scrape = try await rig.scrape()
      DustTables(company: company, calendar: .utc).users.expectGauges(scrape, in: .utc, at: start)
      await rig.stop()
    }
  }

  /// The parser refuses a series that comes twice; here it is entities, and what was suppressed.
  private static func expectOneOfEach(_ scrape: Scrape) {
    let named = scrape.values("agentusage_agent_info").keys.map { $0.labels["agent_id"] ?? "" }
    #expect(Set(named).count == named.count && !named.isEmpty)
    #expect(scrape["agentusage_duplicate_series_total", ["provider": "dust", "workspace": "acme"]] == 0)
  }
}
