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

  /// One kind of entity as the simulator knows it.
  private struct Table {
    let provider: ProviderKind
    let scope: Scope
    let truth: @Sendable (DaySpan, Date) -> Truth
  }

  private static func tables(_ company: Company, _ zone: LocalCalendar) -> [Table] {
    [
      Table(provider: .langdock, scope: .agent) { company.agentTruth($0, in: zone, at: $1) },
      Table(provider: .langdock, scope: .project) { company.projectTruth($0, in: zone, at: $1) },
      Table(provider: .langdock, scope: .model) { company.modelTruth($0, in: zone, at: $1) },
      Table(provider: .langdock, scope: .apiKey) { company.apiKeyTruth($0, in: zone, at: $1) },
      Table(provider: .langdock, scope: .user) { company.userTruth($0, in: zone, at: $1) },
      Table(provider: .agentphone, scope: .agent) { company.phoneAgentTruth($0, in: zone, at: $1) },
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
      for table in Self.tables(company, calendar) {
        for period in [CalendarPeriod.day, .previousDay, .week, .month, .year] {
          if table.provider == .agentphone && [.day, .previousDay].contains(period) { continue }
          let truth = table.truth(period.soFar(calendar.day(at: start)), start)
          Self.expectPeriod(scrape, table, period, truth.quantities)
        }
      }
      for window in [1, 7, 28, 30] {
        let span = DaySpan(endingOn: calendar.day(at: start), count: window)
        Self.expectUsers(scrape, .agent, window, company.agentTruth(span, in: calendar, at: start).activeUsers)
        Self.expectUsers(scrape, .workspace, window, company.userTruth(span, in: calendar, at: start).activeUsers)
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
        Table(provider: .agentphone, scope: .phoneNumber) { _, now in company.phoneNumberTruth(at: now) },
        Table(provider: .agentphone, scope: .workspace) { _, now in company.phoneLifetimeTruth(at: now) },
      ]
      for table in Self.tables(company, .utc) + lifetime {
        let buckets =
          table.provider == .langdock
          ? (0...3).map { DaySpan(today.advanced(by: -$0)) } : [CalendarPeriod.year.soFar(today)]
        var growth: [SeriesKey: Int64] = [:]
        for span in buckets {
          let before = table.truth(span, start).quantities
          for (key, value) in table.truth(span, clock.now()).quantities {
            growth[key, default: 0] += max(0, value - (before[key] ?? 0))
          }
        }
        Self.expectCounters(last, table, growth)
      }
      await rig.stop()
    }
  }

  /// A bucket that rose and fell again between two looks leaves its counter above the plain difference; by how much is in
  /// `ledger_excess`.
  private static func expectCounters(_ scrape: Scrape, _ table: Table, _ growth: [SeriesKey: Int64]) {
    for (key, amount) in growth {
      let name = "agentusage_\(table.scope.rawValue)_\(key.measure.rawValue)_total"
      let shown = scrape[name, labels(table.provider, key)] ?? -1
      let scaled = Double(amount) / Double(key.measure.scale.rawValue)
      let excess =
        scrape[
          "agentusage_ledger_excess",
          ["provider": table.provider.rawValue, "workspace": "acme", "measure": key.measure.rawValue]] ?? 0
      #expect(shown >= scaled - 1e-9 && shown <= scaled + excess + 1e-9, "\(name) \(key)")
    }
  }

  private static func expectPeriod(
    _ scrape: Scrape, _ table: Table, _ period: CalendarPeriod, _ truth: [SeriesKey: Int64]
  ) {
    for measure in Measure.allCases {
      let name = "agentusage_\(table.scope.rawValue)_period_\(measure.rawValue)"
      let shown = scrape.values(name, where: ["provider": table.provider.rawValue, "period": period.rawValue])
      let nonZero = shown.filter { $0.value != 0 }
      let expected = Dictionary(
        uniqueKeysWithValues: truth.filter { $0.key.measure == measure && $0.key.entity.scope == table.scope }.map {
          (
            Scrape.Series(name, labels(table.provider, $0.key, ["period": period.rawValue])),
            Double($0.value) / Double(measure.scale.rawValue)
          )
        })
      #expect(nonZero == expected, "\(table.provider) \(name) \(period)")
    }
  }

  private static func expectUsers(_ scrape: Scrape, _ scope: Scope, _ days: Int, _ truth: [Entity: Int64]) {
    let name = "agentusage_\(scope.rawValue)_active_users"
    let shown = scrape.values(name, where: ["window": "\(days)d"]).filter { $0.value != 0 }
    let expected = Dictionary(
      uniqueKeysWithValues: truth.map { entity, count in
        (
          Scrape.Series(name, labels(.langdock, SeriesKey(entity, .messages), ["window": "\(days)d"])), Double(count)
        )
      })
    #expect(shown == expected, "\(name) \(days)")
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

  private static func labels(
    _ provider: ProviderKind, _ key: SeriesKey, _ extra: [String: String] = [:]
  ) -> [String: String] {
    var labels = ["provider": provider.rawValue, "workspace": "acme"]
    for (label, value) in zip(key.entity.scope.identityLabels, [key.entity.id, key.entity.qualifier])
    where !value.isEmpty {
      labels[label] = value
    }
    if let dimension = key.measure.dimension { labels[dimension] = key.dimension }
    return labels.merging(extra) { $1 }
  }
}
