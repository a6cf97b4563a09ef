import Foundation
import Ledger
import Simulator
import TestSupport
import Testing
import Usage

/// One agent's credits, and rigs over one ledger.
struct CreditScene: Sendable {
  private static let start = "2026-11-19T13:07:11Z"

  let company: Company
  let clock: ManualClock
  let database: LedgerDatabase

  init() throws {
    clock = ManualClock(try instant(Self.start))
    company = Company.empty(today: LocalCalendar.utc.day(at: clock.now()))
    database = try .inMemory()
  }

  /// A message of so many hundredths of a credit.
  func spend(_ hundredths: UInt32) {
    company.addDustMessages(1, agent: "a", at: clock.now(), .init { $0.credits = hundredths })
  }

  func rig(_ simulator: Simulator, _ collectors: [String], interval: String = "1s", hold: String = "0s") async throws
    -> Rig
  {
    let defaults = Rig.defaults(periods: "day", windows: "1d").replacingOccurrences(
      of: "zero_hold: 0s", with: "zero_hold: \(hold)")
    return try await Rig(
      simulator, clock: clock, database: database,
      configuration: Rig.dust(collectors, interval: interval, defaults: defaults))
  }

  /// What two scrapes show, two seconds apart.
  func credits(_ rig: Rig) async throws -> [Double] {
    var shown: [Double] = []
    for _ in 0..<2 {
      clock.advance(by: 2)
      let scrape = try await rig.scrape()
      shown.append(
        scrape["agentusage_agent_credits_total", ["provider": "dust", "workspace": "acme", "agent_id": "a"]] ?? -1)
    }
    #expect(rig.reports.failures == [])
    return shown
  }
}
