import Foundation
import Ledger
import Simulator
import TestSupport
import Testing
import Usage

/// The exporter's clock is set back and forward, while the providers' goes on as it should: no counter falls, and when it is
/// right again nothing is missing.
@Suite struct ClockTests {
  private static let start = "2026-11-19T22:40:00Z"
  private static let hour = 3600.0

  private struct Shelf: Sendable {
    let simulator: Simulator
    /// The providers' clock, which is right.
    let truth: ManualClock
    /// The exporter's.
    let clock = ManualClock(.distantPast)
    let database: LedgerDatabase

    func rig() async throws -> Rig {
      try await Rig(simulator, clock: clock, database: database, configuration: ClockTests.configuration)
    }

    /// Lets true time pass, and the exporter's clock be wrong by so many seconds.
    func pass(_ seconds: TimeInterval, error: TimeInterval) {
      truth.advance(by: seconds)
      clock.set(truth.now().addingTimeInterval(error))
    }
  }

  private static let configuration = """
    defaults: { zero_hold: 0s, periods: [day], active_user_windows: [1d], restate_interval: 1h, max_staleness: 20000h }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: $LANGDOCK
        requests_per_minute: 10000
        collectors: { agents: { min_interval: 5m } }
      - name: acme
        provider: tess
        api_key: ${TK}
        workspace_id: "$TESS_WORKSPACE"
        base_url: $TESS
        requests_per_minute: 10000
        collectors: { executions: { min_interval: 5m } }
      - name: acme
        provider: agentphone
        api_key: ${AK}
        base_url: $AGENTPHONE
        requests_per_minute: 10000
        collectors: { agents: { min_interval: 5m }, account: { min_interval: 5m } }
    """

  private static let series = [
    Scrape.Series(
      "agentusage_agent_messages_total", ["provider": "langdock", "workspace": "acme", "agent_id": "l1"]),
    Scrape.Series("agentusage_agent_executions_total", ["provider": "tess", "workspace": "acme", "agent_id": "t1"]),
    Scrape.Series(
      "agentusage_agent_messages_total", ["provider": "agentphone", "workspace": "acme", "agent_id": "p1"]),
    Scrape.Series("agentusage_workspace_messages_total", ["provider": "agentphone", "workspace": "acme"]),
  ]

  private static func use(_ company: Company, _ count: Int, at moment: Date) {
    company.addMessages(count, agent: "l1", at: moment)
    company.addTexts(count, agent: "p1", at: moment)
    company.addExecutions(count, agent: "t1", at: moment)
  }

  private func withShelf(_ body: @escaping @Sendable (Shelf) async throws -> Void) async throws {
    let start = try instant(Self.start)
    let company = MatrixCompany.empty(at: start)
    Self.use(company, 5, at: start.addingTimeInterval(-600))
    try await withSimulator(company, at: start) { simulator, truth in
      let shelf = Shelf(simulator: simulator, truth: truth, database: try .inMemory())
      shelf.clock.set(truth.now())
      try await body(shelf)
    }
  }

  /// Errors of the clock between half an hour before midnight and half an hour after it, running on or restarted at each.
  @Test(
    arguments: [-400, -30, -1, -0.02, 0.02, 1, 30, 500].map { $0 * 24 * hour }, [false, true])
  func nothingIsLost(error: TimeInterval, restarted: Bool) async throws {
    try await withShelf { shelf in
      var rig = try await shelf.rig()
      let company = shelf.simulator.company
      var last = try await rig.scrape()
      func look(_ seconds: TimeInterval, error: TimeInterval, use count: Int) async throws {
        shelf.pass(seconds, error: error)
        Self.use(company, count, at: shelf.truth.now().addingTimeInterval(-1))
        if restarted {
          await rig.stop()
          rig = try await shelf.rig()
        }
        let next = try await rig.scrape()
        expectNoFall(last, next, at: shelf.truth.now())
        last = next
      }
      for count in 1...3 { try await look(400, error: 0, use: count) }
      // Wrong for some scrapes of the last hour of the day, and for one of them only in between.
      for count in 4...6 { try await look(400, error: error, use: count) }
      // Used while nobody looked, of the day that is then over.
      Self.use(company, 7, at: shelf.truth.now().addingTimeInterval(60))
      shelf.pass(Self.hour, error: 0)
      for _ in 0..<4 { try await look(2 * Self.hour, error: 0, use: 1) }
      try await look(400, error: 0, use: 1)
      try await look(400, error: 0, use: 0)
      let used = Double((1...7).reduce(0, +) + 5)
      for series in Self.series { #expect(last.samples[series] == used, "\(series)") }
      await rig.stop()
    }
  }

  /// A pause that was imposed while the clock ran ahead ends when it is set right.
  @Test(arguments: [Fault.unauthorized, .rateLimited(.seconds(600))], [false, true])
  func aPauseDoesNotOutlastAWrongClock(_ fault: Fault, restarted: Bool) async throws {
    try await withShelf { shelf in
      var rig = try await shelf.rig()
      _ = try await rig.scrape()
      shelf.pass(400, error: 30 * 24 * Self.hour)
      shelf.simulator.faults.inject(fault, at: .langdock, times: 1)
      _ = try await rig.scrape()
      Self.use(shelf.simulator.company, 3, at: shelf.truth.now())
      shelf.pass(400, error: 0)
      if restarted {
        await rig.stop()
        rig = try await shelf.rig()
      }
      _ = try await rig.scrape()
      shelf.pass(400, error: 0)
      #expect(try await rig.scrape().samples[Self.series[0]] == 3)
      await rig.stop()
    }
  }

  /// Nor when the first request after that fails for another reason.
  @Test func norIfTheProviderIsInTroubleThen() async throws {
    try await withShelf { shelf in
      let rig = try await shelf.rig()
      _ = try await rig.scrape()
      shelf.pass(400, error: 2 * 24 * Self.hour)
      shelf.simulator.faults.inject(.rateLimited(.seconds(600)), at: .langdock, times: 1)
      _ = try await rig.scrape()
      shelf.pass(400, error: 0)
      shelf.simulator.faults.inject(.status(500), at: .langdock, times: 1)
      let troubled = try await rig.scrape()
      let next = troubled[
        "agentusage_collector_next_attempt_timestamp_seconds",
        ["provider": "langdock", "workspace": "acme", "collector": "agents"]]
      #expect(next.map { $0 < shelf.truth.now().timeIntervalSince1970 + 3600 } == true)
      Self.use(shelf.simulator.company, 3, at: shelf.truth.now())
      shelf.pass(400, error: 0)
      _ = try await rig.scrape()
      shelf.pass(400, error: 0)
      #expect(try await rig.scrape().samples[Self.series[0]] == 3)
      await rig.stop()
    }
  }
}
