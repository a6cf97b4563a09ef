import Collection
import Foundation
import Ledger
import Settings
import Simulator
import StatusPage
import TestSupport
import Testing
import Usage

/// What the status page is made of, over real HTTP and a real ledger.
@Suite struct StatusTests {
  private static let start = "2026-11-19T13:07:11Z"

  /// All four providers with short intervals.
  private static let configuration =
    Rig.everything + "\n"
    + [Rig.dust(["agents", "usage_metrics", "users"]), Rig.tess()].map(entry).joined(separator: "\n")

  /// A configuration's workspaces without its defaults.
  private static func entry(_ configuration: String) -> String {
    configuration.components(separatedBy: "workspaces:\n").last ?? ""
  }

  private func withRig(_ body: @Sendable (Rig, ManualClock) async throws -> Void) async throws {
    let start = try instant(Self.start)
    var configuration = Company.Configuration(today: LocalCalendar.utc.day(at: start), historyDays: 40)
    // Few enough events of the agents that never rest that Tess' pages are soon read.
    configuration.steadyHeartbeat = 600
    let company = Company(configuration)
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Self.configuration)
      try await body(rig, clock)
      await rig.stop()
    }
  }

  private func status(_ rig: Rig) async -> ExporterStatus {
    await StatusReader(coordinator: rig.coordinator, clock: rig.clock).current()
  }

  /// The page, which must hold nobody's key, name or address.
  private func page(_ rig: Rig) async throws -> String {
    let html = try StatusPage(version: "1", telemetryPath: "/metrics").html(await status(rig))
    let simulator = rig.simulator
    for secret in [simulator.langdockKey, simulator.dustKey, simulator.tessKey, simulator.agentPhoneKey, "@"] {
      // The style sheet's own words apart.
      #expect(html.components(separatedBy: "</style>").last?.contains(secret) == false)
    }
    return html
  }

  @Test("goes from waiting to fine, with the agents of the month and their days")
  func first() async throws {
    try await withRig { rig, clock in
      let before = await status(rig)
      #expect(before.workspaces.map(\.id.provider) == [.langdock, .agentphone, .dust, .tess])
      #expect(before.workspaces.map(\.state) == [.waiting, .waiting, .waiting, .waiting])
      #expect(before.boards.isEmpty)
      let scrape = try await rig.scrape()
      let after = await status(rig)
      #expect(after.workspaces.map(\.state) == [.fine, .fine, .fine, .fine])
      #expect(after.workspaces.allSatisfy { $0.requests.count > 0 && $0.dataThrough == clock.now() })
      #expect(after.boards.map(\.measure) == [.messages, .messages, .credits, .credits])
      for board in after.boards { try Self.expect(board, scrape) }
      _ = try await page(rig)
    }
  }

  /// A board shows what the metrics say, and its days add up to the month where all of them were read.
  private static func expect(_ board: AgentBoard, _ scrape: Scrape) throws {
    let scale = Double(board.measure.scale.rawValue)
    for agent in board.agents {
      let labels = [
        "provider": board.provider.rawValue, "workspace": "acme", "agent_id": agent.key.entity.id,
      ]
      func gauge(_ period: String) -> Double? {
        scrape["agentusage_agent_period_\(board.measure.rawValue)", labels.merging(["period": period]) { $1 }]
      }
      #expect(gauge("month") == Double(agent.month) / scale)
      #expect(agent.name?.isEmpty == false)
      // It tells of whole periods alone.
      guard board.provider != .agentphone else {
        #expect(agent.trend.isEmpty)
        continue
      }
      #expect(agent.trend.count == AgentBoard.trendDays)
      #expect(Double((agent.trend.last ?? 0) ?? 0) / scale == gauge("day") ?? 0)
      // The 19th: so many days of the month, of which Langdock and Dust are asked for the last four.
      let days = agent.trend.suffix(19).compactMap(\.self)
      #expect(days.count == (board.provider == .tess ? 19 : 4))
      #expect(board.provider != .tess || AgentBoard.sum(days) == agent.month)
    }
    #expect(board.agents.map(\.month) == board.agents.map(\.month).sorted(by: >))
    #expect(board.agents.count == min(board.count, AgentBoard.length))
  }

  struct Trouble: Sendable, CustomTestStringConvertible {
    let fault: Fault
    let state: StatusState
    let reason: String
    var testDescription: String { "\(state.rawValue), \(reason)" }
  }

  @Test(
    "tells what is wrong at each provider, and forgets it when it is over",
    arguments: [
      Trouble(fault: .unauthorized, state: .refused, reason: "auth"),
      Trouble(fault: .rateLimited(.seconds(600)), state: .rateLimited, reason: "rate_limited"),
      Trouble(fault: .unavailable(.none), state: .failing, reason: "server"),
      Trouble(fault: .bodyCut(keeping: 0.5), state: .failing, reason: "decode"),
    ])
  func troubles(_ trouble: Trouble) async throws {
    try await withRig { rig, clock in
      _ = try await rig.scrape()
      for service in [SimulatedService.langdock, .agentPhone, .dust, .tess] {
        rig.simulator.faults.inject(trouble.fault, at: service)
      }
      clock.advance(by: 60)
      _ = try await rig.scrape()
      let status = await status(rig)
      #expect(status.workspaces.map(\.state) == [trouble.state, trouble.state, trouble.state, trouble.state])
      for workspace in status.workspaces {
        let failed = workspace.collectors.filter { $0.state == trouble.state }
        let told = Set(failed.compactMap(\.failure?.reason))
        #expect(told == [trouble.reason], "\(workspace.id)")
        #expect(failed.allSatisfy { $0.failure?.message.isEmpty == false })
        #expect(failed.allSatisfy { ($0.nextAttempt ?? .distantPast) > clock.now() })
        let isPaused = trouble.state == .refused || trouble.state == .rateLimited
        #expect((workspace.pausedUntil != nil) == isPaused)
      }
      #expect(try await page(rig).contains("What is wrong"))
      rig.simulator.faults.clear()
      clock.advance(by: 3600)
      _ = try await rig.scrape()
      let after = await self.status(rig)
      // So long an outage of so short an interval is caught up with.
      #expect(after.workspaces.map(\.state) == [.catchingUp, .catchingUp, .catchingUp, .catchingUp])
      #expect(after.workspaces.flatMap(\.collectors).allSatisfy { $0.failure == nil })
    }
  }

  @Test("never waits for a provider")
  func hanging() async throws {
    try await withRig { rig, clock in
      _ = try await rig.scrape()
      for service in [SimulatedService.langdock, .agentPhone, .dust, .tess] {
        rig.simulator.faults.inject(.hang, at: service)
      }
      clock.advance(by: 1200)
      #expect(try await rig.served(patience: .zero).served == .late)
      // Nothing is released before this has answered.
      let status = await status(rig)
      #expect(status.workspaces.allSatisfy { workspace in workspace.collectors.contains(where: \.isRunning) })
      #expect(status.workspaces.map(\.state) == [.late, .late, .late, .late])
      rig.simulator.faults.clear()
      rig.simulator.faults.release()
    }
  }

  @Test("tells of the same status again within a second, and of the same agents for half a minute")
  func caching() async throws {
    try await withRig { rig, clock in
      _ = try await rig.scrape()
      let reader = StatusReader(coordinator: rig.coordinator, clock: clock)
      let first = await reader.current()
      clock.advance(by: 0.5)
      #expect(await reader.current().at == first.at)
      clock.advance(by: 20)
      _ = try await rig.scrape()
      let second = await reader.current()
      #expect(second.at == clock.now() && second.boards == first.boards)
      #expect(second.workspaces != first.workspaces)
      clock.advance(by: 6 * 3600)
      _ = try await rig.scrape()
      #expect(await reader.current().boards != first.boards)
      // A clock that is set back does not hold the page.
      clock.advance(by: -3600)
      #expect(await reader.current().at == clock.now())
    }
  }
}
