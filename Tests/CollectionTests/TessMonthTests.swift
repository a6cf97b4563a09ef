import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// A month of Tess with rows that show late, that are archived and that are edited.
@Suite struct TessMonthTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let zone: String
    let edits: TessOptions.Edits
    var keepsCredits = false
    var testDescription: String { "\(zone) \(edits)" }
  }

  @Test(arguments: [
    Case(zone: "UTC", edits: .besideOriginal, keepsCredits: true), Case(zone: "Europe/Berlin", edits: .replacesInPlace),
    Case(zone: "Europe/Berlin", edits: .replacesAtEditTime),
    Case(zone: "UTC", edits: .replacesAtEditTime, keepsCredits: true),
  ])
  func everyScrapeIsExactAndNoCounterFalls(_ test: Case) async throws {
    let calendar = try #require(LocalCalendar(zone: test.zone))
    let month = try Month.ofAutumn(calendar)
    let company = TessScript.company(
      DaySpan(month.days.first.advanced(by: -40), through: month.days.last), today: month.days.first, perDay: 80,
      seed: 23, firstRead: month.start)
    let change: @Sendable (inout Simulator.Configuration) -> Void = {
      $0.tess.edits = test.edits
      $0.tess.editedRowsKeepCredits = test.keepsCredits
    }
    try await withSimulator(company, at: month.start, change) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.tess(defaults: Rig.defaults(zone: test.zone)))
      let tables = TessTables(
        company: company, calendar: calendar, options: simulator.configuration.tess, firstRead: month.start)
      let last = try await rig.live(through: month, clock) { scrape, moment in
        for table in tables.all { table.expectGauges(scrape, in: calendar, at: moment) }
        tables.expectUsers(scrape, at: moment, windows: [1, 7])
      }
      let end = clock.now()
      #expect(rig.reports.failures == [])
      tables.expectUsers(last, at: end)
      Self.expectCounters(
        last, tables, month, DaySpan(month.days.first.advanced(by: -1), through: month.days.last), end)
      await rig.stop()
    }
  }

  private static func expectCounters(
    _ scrape: Scrape, _ tables: TessTables, _ month: Month, _ days: DaySpan, _ end: Date
  ) {
    for table in tables.all {
      table.expectGauges(scrape, in: month.calendar, at: end)
      let growth = table.growth(days.days, from: month.start, to: end)
      #expect(growth.values.contains { $0 > 0 }, "\(table.scope): nothing grew")
      table.expectCounters(scrape, growth)
    }
  }

  /// The seeded company, whose executions show up to 20 hours late: a closed day is as it was six hours after its end.
  @Test func closedDaysOfTheSeededCompanyAreExact() async throws {
    let month = try Month.ofAutumn(.utc)
    var seed = Company.Configuration(today: month.days.first, historyDays: 40)
    seed.tessHeartbeat = 300
    let company = Company(seed)
    try await withSimulator(company, at: month.start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.tess())
      let tables = TessTables(company: company, calendar: .utc)
      let last = try await rig.live(through: month, clock) { scrape, moment in
        let today = LocalCalendar.utc.day(at: moment)
        guard moment >= Self.closing(today.advanced(by: -1)) else { return }
        for table in tables.all {
          let yesterday = DaySpan(today.advanced(by: -1))
          table.expectGauges(
            scrape, .previousDay, table.truth(yesterday, Self.closing(yesterday.last, since: month)).quantities)
        }
      }
      #expect(rig.reports.failures == [])
      let closed = month.days.days.dropLast()
      for table in tables.all {
        var growth: [SeriesKey: Int64] = [:]
        for day in closed {
          growth.merge(table.growth([day], from: month.start, to: Self.closing(day, since: month)), uniquingKeysWith: +)
        }
        // Of today some may be missing yet, and what is there is counted too.
        let today = table.truth(DaySpan(month.days.last), clock.now()).quantities
        for (key, amount) in growth where key.entity.scope == table.scope {
          let shown = last[table.counterName(key), key.labels(.tess)] ?? -1
          let most = key.measure.value(amount + (today[key] ?? 0)) + table.excess(last, key.measure)
          #expect(shown >= key.measure.value(amount) - 1e-9 && shown <= most + 1e-9, "\(key)")
        }
      }
      await rig.stop()
    }
  }

  /// When a day is read whole for the last time; those before the month are read at its start.
  private static func closing(_ day: Day, since month: Month? = nil) -> Date {
    let settled = LocalCalendar.utc.start(of: day.advanced(by: 1)).addingTimeInterval(21_600)
    return month.map { max($0.start, settled) } ?? settled
  }
}
