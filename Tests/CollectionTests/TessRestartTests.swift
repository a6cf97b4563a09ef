import Foundation
import Ledger
import Simulator
import TestSupport
import Testing
import Usage

/// An exporter that is stopped in the middle of the first reading of Tess, which may take an hour.
@Suite struct TessRestartTests {
  private static let start = "2026-11-19T13:07:11Z"
  private static let total = 6000
  /// Of some seventy.
  private static let pagesRead = 35

  @Test(arguments: [true, false])
  func goesOnWhereItWas(isUsedMeanwhile: Bool) async throws {
    let start = try instant(Self.start)
    let today = LocalCalendar.utc.day(at: start)
    let company = Company.empty(today: today)
    company.addBulkExecutions(
      days: DaySpan(today.advanced(by: -29), through: today.advanced(by: -1)), total: Self.total, agents: 12, users: 80,
      seed: 3)
    company.addExecutions(40, agent: "bulk-0", at: start.addingTimeInterval(-7200))
    try await withSimulator(company, at: start) { simulator, clock in
      let database = try LedgerDatabase.inMemory()
      let configuration = Rig.tess(defaults: Rig.defaults(periods: "day, previous_day, month"))
      let stopped = try await Rig(simulator, clock: clock, database: database, configuration: configuration)
      simulator.faults.inject(.hang, at: .tess, sparing: Self.pagesRead, times: 1)
      let scrape = Task { try await stopped.scrape() }
      while simulator.faults.hanging == 0 { await Task.yield() }
      await stopped.stop()
      _ = try await scrape.value

      clock.advance(by: 100)
      if isUsedMeanwhile { company.addExecutions(7, agent: "bulk-1", at: clock.now().addingTimeInterval(-50)) }
      simulator.log.clear()
      let rig = try await Rig(simulator, clock: clock, database: database, configuration: configuration)
      _ = try await rig.scrape()
      clock.advance(by: 1)
      let last = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let resumed = simulator.log.count(.tess)

      let tables = TessTables(company: company, calendar: .utc, firstRead: start)
      for var table in tables.all {
        table.periods = [.day, .previousDay, .month]
        table.expectGauges(last, in: .utc, at: clock.now())
      }
      tables.expectUsers(last, at: clock.now())
      // What is new is counted, and nothing else.
      let counted = last.values("agentusage_agent_executions_total").values.reduce(0, +)
      #expect(counted == (isUsedMeanwhile ? 7 : 0))
      #expect(isUsedMeanwhile || last.usageCounters.values.allSatisfy { $0 == 0 })
      await rig.stop()

      simulator.log.clear()
      let whole = try await Rig(simulator, clock: clock, configuration: configuration)
      _ = try await whole.scrape()
      // Read twice are a day that was not read to its end, the one above it, and the top.
      #expect(resumed <= simulator.log.count(.tess) - Self.pagesRead + 8)
      await whole.stop()
    }
  }
}
