import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Tess at size, while executions are added, archived and edited between two pages.
@Suite struct TessSizeTests {
  private static let start = "2026-11-30T12:00:00Z"

  @Test(arguments: zip(TessOptions.Edits.allCases, [20_000, 20_000, 200_000]))
  func noneIsCountedTwiceOrMissed(edits: TessOptions.Edits, total: Int) async throws {
    let start = try instant(Self.start)
    let (today, scene) = Self.scene(start, total)
    let (company, clock) = (scene.company, scene.clock)
    try await withSimulator(company, on: clock, { $0.tess.edits = edits }) { simulator in
      let rig = try await Rig(simulator, clock: clock, configuration: Rig.tess())
      // The oldest rows are edited before the reading has come down to them.
      let unread = try await scene.during(rig, simulator, sparing: total / 200, seconds: 21) {
        clock.advance(by: 20)
        scene.add(250)
        scene.archive(120, on: today.firstOfMonth.advanced(by: 1))
        scene.edit(150, on: today.firstOfMonth)
        return clock.now()
      }
      simulator.log.clear()
      try await scene.refreshes(rig, simulator)
      #expect(Self.tornPages(simulator.log) == TessScene.rounds)
      let last = try await rig.scrape()
      #expect(rig.reports.failures == [])
      #expect(simulator.log.requests.allSatisfy { $0.status == 200 })

      let tables = TessTables(
        company: company, calendar: .utc, options: simulator.configuration.tess, firstRead: unread)
      let now = clock.now()
      for table in tables.all {
        table.expectGauges(last, in: .utc, at: now)
        table.expectCounters(last, table.growth([today], from: start, to: now))
      }
      tables.expectUsers(last, at: now)
      Self.expectOnlyTodayCounts(last, tables, today, start, now)

      simulator.log.clear()
      clock.advance(by: 61)
      let idle = try await rig.scrape()
      #expect(simulator.log.count(.tess) == 1)
      #expect(idle.usageCounters == last.usageCounters)
      await rig.stop()
    }
  }

  /// How often the second page, being an old one, was asked for anew with more overlap.
  private static func tornPages(_ log: RequestLog) -> Int {
    log.requests.filter { $0.query.contains("&page=2&") && !$0.query.hasSuffix("&per_page=99") }.count
  }

  /// Nothing that was there before is counted: the executions of all agents together are those of today.
  private static func expectOnlyTodayCounts(
    _ scrape: Scrape, _ tables: TessTables, _ today: Day, _ start: Date, _ now: Date
  ) {
    let counted = scrape.values("agentusage_agent_executions_total").values.reduce(0, +)
    let growth = tables.all[0].growth([today], from: start, to: now)
    let added = growth.filter { $0.key.measure == .executions }.values.reduce(0, +)
    #expect(counted == Double(added) && added > 0)
  }

  private static func scene(_ start: Date, _ total: Int) -> (today: Day, scene: TessScene) {
    let today = LocalCalendar.utc.day(at: start)
    let company = Company.empty(today: today)
    let days = DaySpan(today.advanced(by: -30), through: today.advanced(by: -1))
    company.addBulkExecutions(days: days, total: total, agents: 24, users: 300, seed: 5)
    let scene = TessScene(company: company, clock: ManualClock(start))
    for minute in 1...60 {
      company.addExecutions(3, agent: "bulk-0", at: start.addingTimeInterval(-60 * Double(minute)))
    }
    return (today, scene)
  }
}
