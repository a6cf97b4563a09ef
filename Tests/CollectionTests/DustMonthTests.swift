import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// A month of Dust with usage that is told late and usage that is taken back.
@Suite struct DustMonthTests {
  private static let collectors = [
    "usage_metrics", "active_users", "agents", "sources", "skills", "tools", "feedback", "consumption",
  ]
  private static let published: [CalendarPeriod] = [.day, .previousDay, .month]

  @Test(arguments: ["UTC", "Europe/Berlin"])
  func everyScrapeIsExactAndNoCounterFalls(zone: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let month = try Month.ofAutumn(calendar)
    let company = DustScript.company(
      DaySpan(month.days.first.advanced(by: -40), through: month.days.last), today: month.days.first, perDay: 25,
      seed: 11)
    try await live(company, month, Self.collectors, Self.published, restateDays: 4, looksAtAll: true) {
      $0.always + $0.consumption
    }
  }

  /// The seeded company, of which the default collectors ask for totals only.
  @Test func noCounterOfTheSeededCompanyFalls() async throws {
    let month = try Month.ofAutumn(.utc)
    let company = Company(.init(today: month.days.first, historyDays: 40))
    try await live(company, month, Self.collectors.dropLast(), Self.published, restateDays: 4) {
      $0.always + [$0.agents([.credits])]
    }
  }

  /// And for a day each of the lines that it bills, some seventy thousand a day.
  @Test func noExactCreditOfTheSeededCompanyFalls() async throws {
    let month = try Month.ofAutumn(.utc, days: 2)
    let company = Company(.init(today: month.days.first, historyDays: 40))
    try await live(company, month, ["agents", "consumption"], [.day, .previousDay], restateDays: 1) { $0.consumption }
  }

  /// - Parameters:
  ///   - restateDays: a message that is told 20 hours late may be taken back on the fourth day.
  ///   - looksAtAll: whether the gauges of every scrape are held against the truth, not of the last alone.
  private func live(
    _ company: Company, _ month: Month, _ collectors: [String], _ published: [CalendarPeriod], restateDays: Int,
    looksAtAll: Bool = false, _ choose: @Sendable (DustTables) -> [TruthTable]
  ) async throws {
    let all = choose(DustTables(company: company, calendar: month.calendar))
    let tables = all.map { $0.publishing(published) }
    try await withSimulator(company, at: month.start) { simulator, clock in
      let configuration = Rig.dust(
        collectors,
        defaults: Rig.defaults(
          zone: month.calendar.name, periods: published.map(\.rawValue).joined(separator: ", "), windows: "1d, 7d",
          more: ", restate_days: \(restateDays)"))
      let rig = try await Rig(simulator, clock: clock, configuration: configuration)
      let last = try await rig.live(through: month, clock) { scrape, moment in
        guard looksAtAll else { return }
        for table in tables { table.expectGauges(scrape, in: month.calendar, at: moment) }
      }
      #expect(rig.reports.failures == [])
      let end = clock.now()
      let days = DaySpan(month.days.first.advanced(by: -restateDays), through: month.calendar.day(at: end)).days
      for table in tables {
        table.expectGauges(last, in: month.calendar, at: end)
        let growth = table.growth(days, from: month.start, to: end)
        #expect(growth.values.contains { $0 > 0 }, "\(table.scope): nothing grew")
        table.expectCounters(last, growth)
      }
      await rig.stop()
    }
  }
}
