import Collection
import Foundation
import Ledger
import Publication
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// Collection as in the contract's section 3, over real HTTP.
@Suite struct CollectionTests {
  private static let start = "2026-11-19T13:07:11Z"

  private static func company(_ start: Date) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    company.addAgent(id: "l1", name: "Lang", provider: .langdock)
    company.addMessages(5, agent: "l1", at: start.addingTimeInterval(-600))
    company.addAgent(id: "p1", name: "Phone", provider: .agentphone)
    company.addTexts(7, agent: "p1", at: start.addingTimeInterval(-600))
    return company
  }

  private static func configuration(_ interval: String = "5m", more: String = "") -> String {
    """
    defaults: { zero_hold: 0s, max_staleness: 2h, active_user_windows: [1d], periods: [day, month] }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: $LANGDOCK
        requests_per_minute: 1000
        \(more)
        collectors:
          agents: { min_interval: \(interval) }
          projects: { min_interval: \(interval) }
          models: { enabled: false }
          api_keys: { enabled: false }
      - name: acme
        provider: agentphone
        api_key: ${AK}
        base_url: $AGENTPHONE
        requests_per_minute: 1000
        collectors:
          agents: { min_interval: \(interval) }
          account: { min_interval: \(interval) }
          daily: { enabled: false }
          numbers: { enabled: false }
    """
  }

  private static func langdock(_ name: String, _ labels: [String: String] = [:]) -> (String, [String: String]) {
    (name, ["provider": "langdock", "workspace": "acme"].merging(labels) { $1 })
  }

  private func run(
    _ configuration: String = Self.configuration(),
    _ body: @escaping @Sendable (Rig, Simulator, ManualClock, Company) async throws -> Void
  ) async throws {
    let start = try instant(Self.start)
    let company = Self.company(start)
    try await withSimulator(company, at: start) { simulator, clock in
      var timeouts = HTTPTransport.Timeouts()
      timeouts.overall = .seconds(5)
      let rig = try await Rig(simulator, clock: clock, configuration: configuration, timeouts: timeouts)
      try await body(rig, simulator, clock, company)
      simulator.faults.release()
      await rig.stop()
    }
  }

  @Test func twentyParallelScrapesCostTheCallsOfOne() async throws {
    try await run { rig, simulator, _, _ in
      _ = try await rig.scrape()
      let alone = simulator.log.requests.count
      simulator.log.clear()
      let again = try await Rig(simulator, clock: rig.clock, configuration: Self.configuration())
      try await withThrowingTaskGroup(of: Scrape.self) { group in
        for _ in 0..<20 { group.addTask { try await again.scrape() } }
        for try await scrape in group {
          let (name, labels) = Self.langdock("agentusage_agent_period_messages", ["agent_id": "l1", "period": "day"])
          #expect(scrape[name, labels] == 5)
        }
      }
      #expect(simulator.log.requests.count == alone)
      #expect(simulator.log.highWater(.langdock) <= 2)
      await again.stop()
    }
  }

  @Test func aScrapeBeforeTheIntervalIsOverAsksNothing() async throws {
    try await run { rig, simulator, clock, _ in
      #expect(try await rig.served().served == .fresh)
      simulator.log.clear()
      clock.advance(by: 299)
      _ = try await rig.served()
      #expect(simulator.log.requests.isEmpty)
      clock.advance(by: 2)
      #expect(try await rig.served().served == .fresh)
      #expect(!simulator.log.requests.isEmpty)
    }
  }

  /// The first clock was an hour fast: what it said of the next attempt must not silence the exporter for that hour.
  @Test func aClockSetBackSilencesNothing() async throws {
    try await run { rig, simulator, clock, company in
      let truth = clock.now()
      company.addMessages(2, agent: "l1", at: truth.addingTimeInterval(-60))
      clock.advance(by: 3600)
      let fast = try await rig.served().served
      #expect(fast == .fresh)
      // Nothing is due: the coordinator knows now until when.
      #expect(try await rig.served().served == .cached)
      simulator.log.clear()
      clock.set(truth)
      #expect(try await rig.served().served == .fresh)
      #expect(simulator.log.count(.langdock) > 0 && simulator.log.count(.agentPhone) > 0)
      // And by the clock as it is now, the interval holds again.
      simulator.log.clear()
      clock.advance(by: 60)
      #expect(try await rig.served().served == .cached)
      #expect(simulator.log.requests.isEmpty)
      clock.advance(by: 241)
      #expect(try await rig.served().served == .fresh)
    }
  }

  /// "A hanging provider delays a scrape to its deadline and no further, and the other provider's data are fresh in it."
  @Test func aHangingProviderDelaysAScrapeToItsDeadline() async throws {
    try await run { rig, simulator, _, _ in
      simulator.faults.inject(.hang, at: .langdock)
      let begin = ContinuousClock.now
      let (scrape, served) = try await rig.served(patience: .seconds(2))
      let elapsed = begin.duration(to: .now)
      #expect(served == .late)
      // A tenth of its time is the ledger's.
      #expect(elapsed >= .seconds(1.8) && elapsed < .seconds(4), "\(elapsed)")
      #expect(
        scrape[
          "agentusage_agent_period_messages",
          [
            "provider": "agentphone", "workspace": "acme", "agent_id": "p1", "period": "month",
          ]] == 7)
      #expect(scrape.values("agentusage_agent_period_messages", where: ["provider": "langdock"]).isEmpty)
    }
  }

  @Test func aStoppingExporterAnswersTheScrapeThatWaits() async throws {
    try await run { rig, simulator, _, _ in
      simulator.faults.inject(.hang, at: .langdock)
      let scrape = Task { try await rig.served(patience: .seconds(30)) }
      while simulator.faults.hanging == 0 { await Task.yield() }
      let begin = ContinuousClock.now
      await rig.stop()
      let waiting = try await scrape.value.served
      let later = try await rig.served().served
      #expect(waiting != .cached && later == .cached)
      #expect(begin.duration(to: .now) < .seconds(5))
    }
  }

  @Test func oneTablesFaultLeavesTheOthersFresh() async throws {
    try await run { rig, simulator, clock, company in
      _ = try await rig.scrape()
      simulator.faults.inject(.status(500), at: .langdock, path: "/export/projects")
      company.addMessages(3, agent: "l1", at: clock.now())
      clock.advance(by: 301)
      let scrape = try await rig.scrape()
      func gauge(_ name: String, _ collector: String) -> Double? {
        let (name, labels) = Self.langdock("agentusage_collector_" + name, ["collector": collector])
        return scrape[name, labels]
      }
      #expect(gauge("success", "agents") == 1)
      #expect(gauge("success", "projects") == 0)
      let (up, labels) = Self.langdock("agentusage_provider_up")
      #expect(scrape[up, labels] == 1)
      let (name, agent) = Self.langdock("agentusage_agent_messages_total", ["agent_id": "l1"])
      #expect(scrape[name, agent] == 3)
      let (failures, reason) = Self.langdock(
        "agentusage_api_request_failures_total", ["endpoint": "/export/projects", "reason": "server"])
      #expect(scrape[failures, reason] == 1)
    }
  }

  @Test(arguments: [Fault.rateLimited(.seconds(120)), .rateLimited(.date(in: 120)), .unavailable(.seconds(120))])
  func retryAfterIsObeyedExactly(fault: Fault) async throws {
    try await run { rig, simulator, clock, _ in
      simulator.faults.inject(fault, at: .langdock, times: 1)
      _ = try await rig.scrape()
      simulator.log.clear()
      clock.advance(by: 118)
      _ = try await rig.scrape()
      #expect(simulator.log.count(.langdock) == 0)
      clock.advance(by: 3)
      let scrape = try await rig.scrape()
      #expect(simulator.log.count(.langdock) > 0)
      let (name, labels) = Self.langdock("agentusage_collector_success", ["collector": "agents"])
      #expect(scrape[name, labels] == 1)
    }
  }

  @Test func aRefusedCredentialRestsForAQuarterOfAnHour() async throws {
    try await run { rig, simulator, clock, _ in
      simulator.faults.inject(.unauthorized, at: .langdock)
      let refused = try await rig.scrape()
      let (name, labels) = Self.langdock("agentusage_provider_auth_failed")
      #expect(refused[name, labels] == 1)
      simulator.log.clear()
      for _ in 0..<14 {
        clock.advance(by: 60)
        _ = try await rig.scrape()
      }
      #expect(simulator.log.count(.langdock) == 0)
      simulator.faults.clear()
      clock.advance(by: 70)
      let scrape = try await rig.scrape()
      #expect(scrape[name, labels] == 0)
      let (up, identity) = Self.langdock("agentusage_provider_up")
      #expect(scrape[up, identity] == 1)
    }
  }

  @Test func aNewSecretFileEndsTheRestAtOnce() async throws {
    let start = try instant(Self.start)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "wrong".write(toFile: file, atomically: true, encoding: .utf8)
    try await withSimulator(Self.company(start), at: start) { simulator, clock in
      let text = Self.configuration().replacingOccurrences(of: "api_key: ${LK}", with: "api_key_file: \(file)")
      let rig = try await Rig(simulator, clock: clock, configuration: text)
      let (name, labels) = Self.langdock("agentusage_provider_auth_failed")
      #expect(try await rig.scrape()[name, labels] == 1)
      try (simulator.langdockKey + "\n").write(toFile: file, atomically: true, encoding: .utf8)
      clock.advance(by: 1)
      let scrape = try await rig.scrape()
      #expect(scrape[name, labels] == 0)
      let (gauge, agent) = Self.langdock("agentusage_agent_period_messages", ["agent_id": "l1", "period": "day"])
      #expect(scrape[gauge, agent] == 5)
      await rig.stop()
    }
  }

  /// The old key is refused only after the new one was put in place, as when keys are rotated.
  @Test func aSecretFileThatWasReplacedInTimeNeedsNoRest() async throws {
    let start = try instant(Self.start)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "old".write(toFile: file, atomically: true, encoding: .utf8)
    try await withSimulator(Self.company(start), at: start) { simulator, clock in
      let text = Self.configuration().replacingOccurrences(of: "api_key: ${LK}", with: "api_key_file: \(file)")
      let rig = try await Rig(simulator, clock: clock, configuration: text)
      try simulator.langdockKey.write(toFile: file, atomically: true, encoding: .utf8)
      let scrape = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let (name, labels) = Self.langdock("agentusage_provider_auth_failed")
      #expect(scrape[name, labels] == 0)
      let (gauge, agent) = Self.langdock("agentusage_agent_period_messages", ["agent_id": "l1", "period": "day"])
      #expect(scrape[gauge, agent] == 5)
      await rig.stop()
    }
  }

  /// "Ten restarts in a minute cost a provider no more than one."
  @Test func tenRestartsCostNoMoreThanOne() async throws {
    let start = try instant(Self.start)
    try await withSimulator(Self.company(start), at: start) { simulator, clock in
      let database = try LedgerDatabase.inMemory()
      var counts: [Int] = []
      for _ in 0..<10 {
        let rig = try await Rig(simulator, clock: clock, database: database, configuration: Self.configuration())
        let scrape = try await rig.scrape()
        let (name, labels) = Self.langdock("agentusage_agent_period_messages", ["agent_id": "l1", "period": "day"])
        #expect(scrape[name, labels] == 5)
        counts.append(simulator.log.requests.count)
        await rig.stop()
        clock.advance(by: 6)
      }
      #expect(Set(counts).count == 1, "\(counts)")
    }
  }

  @Test func anOutageIsCaughtUpAndAnnounced() async throws {
    try await run { rig, simulator, clock, company in
      _ = try await rig.scrape()
      clock.advance(by: 301)
      _ = try await rig.scrape()
      simulator.faults.inject(.status(503), at: .langdock)
      for day in 1...3 {
        let moment = clock.now().addingTimeInterval(86_400)
        clock.set(moment)
        company.addMessages(10 * day, agent: "l1", at: moment.addingTimeInterval(-1))
        _ = try await rig.scrape()
      }
      simulator.faults.clear()
      clock.advance(by: 1900)
      let scrape = try await rig.scrape()
      let (name, labels) = Self.langdock("agentusage_agent_messages_total", ["agent_id": "l1"])
      #expect(scrape[name, labels] == 60)
      let (catching, collector) = Self.langdock("agentusage_collector_catching_up", ["collector": "agents"])
      #expect(scrape[catching, collector] == 1)
      clock.advance(by: 301)
      #expect(try await rig.scrape()[catching, collector] == 0)
    }
  }

  @Test func dataAreWithdrawnWhenTheyAreTooOld() async throws {
    try await run { rig, simulator, clock, _ in
      _ = try await rig.scrape()
      simulator.faults.inject(.status(500), at: .langdock)
      clock.advance(by: 7000)
      let (name, labels) = Self.langdock("agentusage_agent_messages_total", ["agent_id": "l1"])
      #expect(try await rig.scrape()[name, labels] == 0)
      clock.advance(by: 300)
      let scrape = try await rig.scrape()
      #expect(scrape[name, labels] == nil)
      let (success, collector) = Self.langdock("agentusage_collector_success", ["collector": "agents"])
      #expect(scrape[success, collector] == 0)
    }
  }

  /// A minute after the first scrape, with an agent who has just sent nine messages for the first time, and a hold of two
  /// minutes.
  private func runWithLateAgent(_ body: @escaping @Sendable (Rig, ManualClock) async throws -> Void) async throws {
    let held = Self.configuration("1s").replacingOccurrences(of: "zero_hold: 0s", with: "zero_hold: 2m")
    try await run(held) { rig, _, clock, company in
      _ = try await rig.scrape()
      clock.advance(by: 60)
      company.addAgent(id: "late", name: "Late", provider: .langdock)
      company.addMessages(9, agent: "late", at: clock.now())
      try await body(rig, clock)
    }
  }

  @Test func aNewAgentIsShownAtZeroForItsHold() async throws {
    try await runWithLateAgent { rig, clock async throws in
      let (name, labels) = Self.langdock("agentusage_agent_messages_total", ["agent_id": "late"])
      #expect(try await rig.scrape()[name, labels] == 0)
      clock.advance(by: 119)
      #expect(try await rig.scrape()[name, labels] == 0)
      clock.advance(by: 2)
      #expect(try await rig.scrape()[name, labels] == 9)
    }
  }

  /// A scrape that shows other collectors uses nothing of the hold up.
  @Test func aHoldIsOfTheScrapesThatShowIt() async throws {
    try await runWithLateAgent { rig, clock in
      // The agent's table is read, and this scrape does not wait to show it.
      #expect(await rig.coordinator.scrape(patience: .zero) == .late)
      let workspace = try #require(rig.coordinator.workspaces.first { $0.provider == .langdock })
      let late = SeriesKey(Entity(.agent, "late"), .messages)
      while await rig.ledger.book(of: CollectorID(workspace, "agents"))?.series.keys.contains(late) != true {
        await Task.yield()
      }
      for _ in 0..<3 {
        clock.advance(by: 121)
        _ = try await rig.scrape(ScrapeSelection(collectors: ["projects"]))
      }
      let (name, labels) = Self.langdock("agentusage_agent_messages_total", ["agent_id": "late"])
      #expect(try await rig.scrape()[name, labels] == 0)
      clock.advance(by: 121)
      #expect(try await rig.scrape()[name, labels] == 9)
    }
  }

  @Test func windowsThatAreTooLargeAreHalved() async throws {
    let start = try instant(Self.start)
    let company = Self.company(start)
    for hour in 0..<12 { company.addMessages(10, agent: "l1", at: start.addingTimeInterval(Double(-3600 * hour) - 1)) }
    try await withSimulator(company, at: start, { $0.langdock.rowLimit = 40 }) { simulator, clock in
      let rig = try await Rig(simulator, clock: clock, configuration: Self.configuration())
      let scrape = try await rig.scrape()
      #expect(rig.reports.failures == [])
      let (name, labels) = Self.langdock("agentusage_agent_period_messages", ["agent_id": "l1", "period": "day"])
      #expect(scrape[name, labels] == 125)
      // Neither adds up over halves.
      #expect(scrape.values("agentusage_agent_active_users").isEmpty)
      #expect(scrape.values("agentusage_agent_period_conversations").isEmpty)
      await rig.stop()
    }
  }

  @Test func agentsBeyondTheLimitShareOneSeries() async throws {
    try await run(Self.configuration("1s", more: "max_agents: 2")) { rig, _, clock, company in
      for index in 0..<5 {
        company.addAgent(id: "x\(index)", name: "X", provider: .langdock)
        company.addMessages(10 + index, agent: "x\(index)", at: clock.now())
      }
      let scrape = try await rig.scrape()
      let shown = scrape.values("agentusage_agent_period_messages", where: ["provider": "langdock", "period": "day"])
      #expect(Set(shown.keys.compactMap { $0.labels["agent_id"] }) == ["x4", "x3", "other"])
      #expect(shown.values.reduce(0, +) == 65)
      let (name, labels) = Self.langdock("agentusage_agents_folded")
      #expect(scrape[name, labels] == 4)
    }
  }

  @Test func aDeletedAgentsUsageMovesWithoutBeingCountedAgain() async throws {
    try await run(Self.configuration("1s")) { rig, _, clock, company in
      _ = try await rig.scrape()
      company.addTexts(20, agent: "p1", at: clock.now())
      clock.advance(by: 10)
      _ = try await rig.scrape()
      clock.advance(by: 10)
      company.deleteAgent(id: "p1", provider: .agentphone, at: clock.now())
      company.addTexts(3, agent: nil, at: clock.now())
      clock.advance(by: 10)
      _ = try await rig.scrape()
      clock.advance(by: 10)
      let scrape = try await rig.scrape()
      let counters = scrape.values("agentusage_agent_messages_total", where: ["provider": "agentphone"])
      let byAgent = Dictionary(uniqueKeysWithValues: counters.map { ($0.key.labels["agent_id"] ?? "", $0.value) })
      #expect(byAgent == ["p1": 20, "unassigned": 3])
    }
  }
}
