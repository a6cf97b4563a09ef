import Exposition
import Foundation
import Publication
import Simulator
import TestSupport
import Testing
import Usage

/// "Every value of a scrape equals the simulator's truth exactly."
@Suite struct TruthTests {
  private static let start = "2026-11-19T13:07:11Z"

  private static func tables(_ company: Company, _ zone: LocalCalendar) -> [TruthTable] {
    // AgentPhone tells of whole periods by agent, never of days.
    let periods: [CalendarPeriod] = [.week, .month, .year]
    return [
      TruthTable(provider: .langdock, scope: .agent) { company.agentTruth($0, in: zone, at: $1) },
      TruthTable(provider: .langdock, scope: .project) { company.projectTruth($0, in: zone, at: $1) },
      TruthTable(provider: .langdock, scope: .model) { company.modelTruth($0, in: zone, at: $1) },
      TruthTable(provider: .langdock, scope: .apiKey) { company.apiKeyTruth($0, in: zone, at: $1) },
      TruthTable(provider: .langdock, scope: .user) { company.userTruth($0, in: zone, at: $1) },
      TruthTable(provider: .agentphone, scope: .agent, periods: periods) {
        company.phoneAgentTruth($0, in: zone, at: $1)
      },
    ]
  }

  @Test(arguments: ["UTC", "Europe/Berlin"], ExpositionFormat.allCases)
  func gaugesEqualTheTruth(zone: String, format: ExpositionFormat) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let start = try instant(Self.start)
    let company = Company(.init(today: calendar.day(at: start), historyDays: 60))
    // Above the year's rows: windows that are asked for in halves hold no conversations and no users.
    try await withSimulator(company, at: start, { $0.langdock.rowLimit = 10_000_000 }) { simulator, clock in
      let rig = try await Rig(
        simulator, clock: clock,
        configuration: Rig.everything.replacingOccurrences(of: "defaults: {", with: "defaults: { timezone: \(zone),"))
      let scrape = try await rig.scrape(format)
      #expect(rig.reports.failures == [])
      for table in Self.tables(company, calendar) { table.expectGauges(scrape, in: calendar, at: start) }
      for window in [1, 7, 28, 30] {
        let span = DaySpan(endingOn: calendar.day(at: start), count: window)
        let truth = company.agentTruth(span, in: calendar, at: start).activeUsers
        expectActiveUsers(scrape, .langdock, .agent, window, truth)
        expectActiveUsers(
          scrape, .langdock, .workspace, window, company.userTruth(span, in: calendar, at: start).activeUsers)
      }
      Self.expectAccount(scrape, company, at: start)
      #expect(simulator.log.leakedCredentials.isEmpty)
      await rig.stop()
    }
  }

  @Test func countersGrowByWhatTheTruthGrowsBy() async throws {
    let start = try instant(Self.start)
    let company = Company(.init(today: LocalCalendar.utc.day(at: start), historyDays: 40))
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.everything)
      let first = try await rig.scrape()
      for (series, value) in first.samples where series.name.hasSuffix("_total") && series.name.contains("_agent_") {
        #expect(value == 0, "\(series)")
      }
      clock.advance(by: 3600)
      _ = try await rig.scrape()
      clock.advance(by: 60)
      let last = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let today = LocalCalendar.utc.day(at: start)
      let lifetime = [
        TruthTable(provider: .agentphone, scope: .phoneNumber) { _, now in company.phoneNumberTruth(at: now) },
        TruthTable(provider: .agentphone, scope: .workspace) { _, now in company.phoneLifetimeTruth(at: now) },
      ]
      for table in Self.tables(company, .utc) + lifetime {
        let buckets =
          table.provider == .langdock
          ? (0...3).map { DaySpan(today.advanced(by: -$0)) } : [CalendarPeriod.year.soFar(today)]
        table.expectCounters(last, table.growth(buckets, from: start, to: clock.now()))
      }
      await rig.stop()
    }
  }

  private static func expectAccount(_ scrape: Scrape, _ company: Company, at now: Date) {
    let today = LocalCalendar.utc.day(at: now)
    for (period, span) in [("day", DaySpan(today)), ("previous_day", DaySpan(today.advanced(by: -1)))] {
      let truth = company.phoneWorkspaceTruth(span, at: now).quantities
      for measure in [Measure.messages, .calls, .webhookDeliveries] {
        let shown = scrape[
          "agentusage_workspace_period_\(measure.rawValue)",
          ["provider": "agentphone", "workspace": "acme", "period": period]]
        #expect(shown == Double(truth[SeriesKey(.workspace, measure)] ?? 0), "\(measure) \(period)")
      }
    }
  }
}
