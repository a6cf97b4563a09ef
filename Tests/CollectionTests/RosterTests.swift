import Collection
import Foundation
import Publication
import Simulator
import StatusPage
import TestSupport
import Testing
import Upstream
import Usage

/// Reloads: "workspaces appear, disappear and change without losing anyone's counters".
@Suite struct RosterTests {
  private static let start = "2026-11-19T13:07:11Z"

  private static func workspace(
    _ name: String, interval: String = "5m", key: String = "api_key: ${AK}",
    collectors: [String] = ["agents", "account"]
  ) -> String {
    let all = ["agents", "account", "daily", "numbers"].map { collector in
      "      \(collector): { enabled: \(collectors.contains(collector)), min_interval: \(interval) }"
    }
    return """
        - name: \(name)
          provider: agentphone
          \(key)
          base_url: $AGENTPHONE
          requests_per_minute: 1000
          collectors:
      \(all.joined(separator: "\n"))
      """
  }

  private static func configuration(_ workspaces: String...) -> String {
    """
    defaults: { zero_hold: 0s, periods: [day, month] }
    workspaces:\(workspaces.isEmpty ? " []" : "")
    \(workspaces.joined(separator: "\n"))
    """
  }

  private func run(
    _ configuration: String,
    _ body: @escaping @Sendable (Rig, Simulator, ManualClock, Company) async throws -> Void
  ) async throws {
    let start = try instant(Self.start)
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    company.addAgent(id: "p1", name: "Phone", provider: .agentphone)
    company.addTexts(7, agent: "p1", at: start.addingTimeInterval(-600))
    try await withSimulator(company, at: start) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: configuration)
      try await body(rig, simulator, clock, company)
      simulator.faults.release()
      await rig.stop()
    }
  }

  private func counter(_ scrape: Scrape, _ workspace: String) -> Double? {
    scrape[
      "agentusage_agent_messages_total", ["provider": "agentphone", "workspace": workspace, "agent_id": "p1"]]
  }

  private func requests(_ scrape: Scrape, _ workspace: String) -> Double? {
    scrape[
      "agentusage_api_requests_total",
      ["provider": "agentphone", "workspace": workspace, "endpoint": "/v1/usage/by-agent", "code": "200"]]
  }

  @Test func workspacesComeAndGoWithTheirCounters() async throws {
    try await run(Self.configuration(Self.workspace("a"), Self.workspace("b"))) { rig, _, clock, company in
      _ = try await rig.scrape()
      company.addTexts(5, agent: "p1", at: clock.now())
      clock.advance(by: 301)
      _ = try await rig.scrape()
      clock.advance(by: 1)
      #expect(counter(try await rig.scrape(), "a") == 5)

      var change = try await rig.adopt(Self.configuration(Self.workspace("b"), Self.workspace("c")))
      #expect(change.added.map(\.name) == ["c"] && change.removed.map(\.name) == ["a"] && change.changed.isEmpty)
      company.addTexts(2, agent: "p1", at: clock.now())
      clock.advance(by: 301)
      _ = try await rig.scrape()
      clock.advance(by: 1)
      let without = try await rig.scrape()
      #expect(counter(without, "b") == 7)
      // The new one begins at 0, with what was there as its baseline.
      #expect(counter(without, "c") == 0)
      #expect(without.samples.keys.allSatisfy { $0.labels["workspace"] != "a" })

      change = try await rig.adopt(Self.configuration(Self.workspace("a"), Self.workspace("b")))
      #expect(change.added.map(\.name) == ["a"] && change.removed.map(\.name) == ["c"])
      // Before anything was asked it stands where it stood.
      #expect(counter(try Scrape(rig.text()), "a") == 5)
      _ = try await rig.scrape()
      clock.advance(by: 301)
      // And has caught up with what was missed.
      #expect(counter(try await rig.scrape(), "a") == 7)
      #expect(rig.reports.failures == [])
    }
  }

  @Test func aChangedWorkspaceGoesOnWithCountersAndRequests() async throws {
    try await run(Self.configuration(Self.workspace("a"))) { rig, _, clock, company in
      _ = try await rig.scrape()
      company.addTexts(5, agent: "p1", at: clock.now())
      clock.advance(by: 301)
      _ = try await rig.scrape()
      let before = try await rig.scrape()
      let asked = try #require(requests(before, "a"))
      #expect(counter(before, "a") == 5 && asked > 0)

      let change = try await rig.adopt(Self.configuration(Self.workspace("a", interval: "10s", collectors: ["agents"])))
      #expect(change.changed.map(\.name) == ["a"])
      // Nothing but what was switched off is gone, before any scrape has asked for anything.
      let bare = try Scrape(rig.text())
      #expect(counter(bare, "a") == 5 && requests(bare, "a") == asked)
      let enabled = ["provider": "agentphone", "workspace": "a", "collector": "account"]
      #expect(bare["agentusage_collector_enabled", enabled] == 0)
      #expect(bare["agentusage_collector_rows", enabled] == nil)
      #expect(bare.values("agentusage_workspace_messages_total").isEmpty)
      // The shorter interval holds at once, not after the end of the longer one.
      company.addTexts(1, agent: "p1", at: clock.now())
      clock.advance(by: 11)
      _ = try await rig.scrape()
      #expect(counter(try await rig.scrape(), "a") == 6)
    }
  }

  @Test func anUnchangedWorkspaceIsNotDisturbed() async throws {
    try await run(Self.configuration(Self.workspace("a"))) { rig, simulator, clock, _ in
      simulator.faults.inject(.hang, at: .agentPhone)
      _ = try await rig.served(patience: .zero)
      while simulator.faults.hanging < 2 { await Task.yield() }
      let asked = simulator.log.requests.count
      let change = try await rig.adopt(Self.configuration(Self.workspace("a"), Self.workspace("b", collectors: [])))
      #expect(change.changed.isEmpty)
      simulator.faults.clear()
      simulator.faults.release()
      #expect(try await rig.served().served == .joined)
      #expect(simulator.log.requests.count - asked < 4)
    }
  }

  /// What is under way when its workspace changes is given up, and asked for again.
  @Test func aCollectionUnderWayIsGivenUp() async throws {
    try await run(Self.configuration(Self.workspace("a"))) { rig, simulator, clock, company in
      _ = try await rig.scrape()
      company.addTexts(5, agent: "p1", at: clock.now())
      clock.advance(by: 301)
      simulator.faults.inject(.hang, at: .agentPhone)
      _ = try await rig.served(patience: .zero)
      while simulator.faults.hanging < 2 { await Task.yield() }
      let asked = try Scrape(rig.text()).values("agentusage_api_requests_total").values.reduce(0, +)
      try await rig.adopt(Self.configuration(Self.workspace("a", interval: "4m")))
      simulator.faults.clear()
      // What was still under way when the successor was made counts as well.
      let counted = try Scrape(rig.text()).values("agentusage_api_requests_total").values.reduce(0, +)
      #expect(counted == asked + 2)
      _ = try await rig.scrape()
      clock.advance(by: 1)
      #expect(counter(try await rig.scrape(), "a") == 5)
      #expect(rig.reports.failures == [])
    }
  }

  @Test func aSecretThatCannotBeReadChangesNothing() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data("first\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await run(Self.configuration(Self.workspace("a"))) { rig, _, clock, _ in
      _ = try await rig.scrape()
      await #expect(throws: (any Error).self) {
        try await rig.adopt(
          Self.configuration(Self.workspace("b", key: "api_key_file: \(file.path).missing"), Self.workspace("c")))
      }
      #expect(rig.coordinator.workspaces.map(\.name) == ["a"])
      clock.advance(by: 301)
      #expect(try await rig.served().served == .fresh)
    }
  }

  /// A provider that says never is left alone, and its page can still be opened.
  @Test func aPauseWithoutEndIsAYear() async throws {
    try await run(Self.configuration(Self.workspace("a"))) { rig, simulator, clock, _ in
      simulator.faults.inject(.rateLimited(.headerSeconds(Int(Int32.max) * 400)), at: .agentPhone)
      _ = try await rig.scrape()
      let status = await StatusReader(coordinator: rig.coordinator, clock: clock).current()
      let next = try #require(status.workspaces.first?.collectors.compactMap(\.nextAttempt).max())
      #expect(next.timeIntervalSince(clock.now()) <= 366 * 86_400)
      let html = try StatusPage(version: "test", telemetryPath: "/metrics").html(status)
      #expect(html.contains("Rate limited"))
    }
  }

  /// "Secret files are read again at a reload": a refused key need not wait for its quarter of an hour.
  @Test func aReplacedSecretIsTriedAtOnce() async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data("wrong\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let configuration = Self.configuration(Self.workspace("a", key: "api_key_file: \(file.path)"))
    try await run(configuration) { rig, simulator, clock, _ in
      let labels = ["provider": "agentphone", "workspace": "a"]
      #expect(try await rig.scrape()["agentusage_provider_auth_failed", labels] == 1)
      try Data((simulator.agentPhoneKey + "\n").utf8).write(to: file)
      let change = try await rig.adopt(configuration)
      #expect(change.added + change.changed + change.removed == [])
      #expect(try await rig.served().served == .fresh)
      #expect(try await rig.scrape()["agentusage_provider_auth_failed", labels] == 0)
    }
  }

  @Test func aProbeAsksForItsWorkspaceAlone() async throws {
    try await run(Self.configuration(Self.workspace("a"), Self.workspace("b"))) { rig, simulator, clock, company in
      let probe = ScrapeSelection(workspace: WorkspaceID(.agentphone, "a"))
      let first = try await rig.scrape(probe)
      #expect(counter(first, "a") == 0 && first.samples.keys.allSatisfy { $0.labels["workspace"] == "a" })
      let all = try Scrape(rig.text())
      #expect(!first.samples.isEmpty && requests(all, "b") == 0)
      // A full scrape between two probes, and what a probe has found, are seen by each other.
      _ = try await rig.scrape()
      company.addTexts(3, agent: "p1", at: clock.now())
      clock.advance(by: 301)
      _ = try await rig.scrape(probe)
      clock.advance(by: 1)
      let full = try await rig.scrape()
      #expect(counter(full, "a") == 3)
    }
  }

  @Test func aScrapeOfSomeCollectorsAsksThoseAlone() async throws {
    try await run(Self.configuration(Self.workspace("a"))) { rig, simulator, _, _ in
      let agents = try await rig.scrape(ScrapeSelection(collectors: ["agents"]))
      #expect(counter(agents, "a") == 0)
      #expect(agents.values("agentusage_collector_rows").keys.allSatisfy { $0.labels["collector"] == "agents" })
      #expect(agents["agentusage_provider_up", ["provider": "agentphone", "workspace": "a"]] == 1)
      #expect(simulator.log.requests(to: .agentPhone).allSatisfy { $0.path.hasPrefix("/v1/usage/by-agent") })
      let none = try await rig.scrape(ScrapeSelection(providers: [.dust]))
      #expect(none.samples.isEmpty)
    }
  }
}
