import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The first reading of Tess at the pace that Tess allows: it takes minutes, and midnight comes in the middle of it.
@Suite struct TessPaceTests {
  @Test func aReadingAcrossMidnightMissesNothing() async throws {
    let start = try instant("2026-11-18T23:57:00Z")
    let today = LocalCalendar.utc.day(at: start)
    let company = Company.empty(today: today)
    company.addBulkExecutions(
      days: DaySpan(today.advanced(by: -29), through: today.advanced(by: -1)), total: 30_000, agents: 12, users: 80,
      seed: 4)
    company.addExecutions(25, agent: "bulk-0", at: start.addingTimeInterval(-3600))
    let scene = TessScene(company: company, clock: ManualClock(start))
    // One request in a second and no more, or it is a 429.
    try await withSimulator(company, on: scene.clock, { $0.tess.requestsPerSecond = 1 }) { simulator in
      let slowly = Rig.tess().replacingOccurrences(of: "requests_per_minute: 10000", with: "requests_per_minute: 50")
      let rig = try await Rig(simulator, clock: scene.clock, configuration: slowly)
      let counted = try await scene.asTimePasses { try await rig.scrape() }
      #expect(scene.clock.now() > start.addingTimeInterval(300))
      #expect(counted.usageCounters.values.allSatisfy { $0 == 0 })
      for _ in 0..<3 {
        scene.clock.advance(by: 70)
        _ = try await scene.asTimePasses { try await rig.scrape() }
      }
      let last = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let tables = TessTables(company: company, calendar: .utc)
      for table in tables.all {
        table.expectGauges(last, in: .utc, at: scene.clock.now())
        table.expectCounters(
          last, table.growth([today, today.advanced(by: 1)], from: start, to: scene.clock.now()))
      }
      tables.expectUsers(last, at: scene.clock.now())
      await rig.stop()
    }
  }
}
