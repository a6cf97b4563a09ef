import Foundation
import Providers
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// Tess' log of executions: each counted once, and no more read than is new.
@Suite struct TessTests {
  private static let probe = Probe.named("tess/executions")
  private static let yesterday = now.addingTimeInterval(-86_400)

  private static func company(_ edit: (Company) -> Void = { _ in }) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    company.addTessAgent(slug: "chat-1", name: "Chat \"1\"", type: .chat)
    edit(company)
    return company
  }

  private static func shape(_ user: String, _ credits: Int64) -> Company.ExecutionShape {
    Company.ExecutionShape { shape in
      (shape.user, shape.credits) = (user, credits)
      shape.tokens = Execution.Tokens(input: 812, output: 164)
    }
  }

  @Test func whatARowGives() async throws {
    let company = Self.company { company in
      company.addExecutions(3, agent: "chat-1", at: now, Self.shape("u1", 6145))
      company.addExecutions(1, agent: "chat-1", at: now, Self.shape("u2", 1))
      company.addExecutions(
        1, agent: "chat-1", at: now.addingTimeInterval(-120),
        .init { ($0.failed, $0.model, $0.origin, $0.user) = (true, nil, nil, "u2") })
    }
    try await withDesk(company) { desk in
      let reading = try await desk.collect(Self.probe).answers.first?.reading ?? Reading()
      let agent = Entity(.agent, "chat-1")
      let model = Entity(.model, "tess-6")
      func amount(_ entity: Entity, _ measure: Measure, _ dimension: String = "") -> Int64? {
        reading.quantities[SeriesKey(entity, measure, dimension)]
      }
      #expect(amount(agent, .executions) == 5 && amount(agent, .executionFailures) == 1)
      #expect(amount(agent, .credits) == 18_436 && amount(model, .credits) == 18_436)
      #expect(amount(agent, .tokens, "input") == 4 * 812 && amount(model, .tokens, "output") == 4 * 164)
      #expect(amount(model, .executions) == 4 && amount(Entity(.source, "api"), .executions) == 4)
      #expect(amount(model, .executionFailures) == nil && amount(Entity(.source, "api"), .credits) == nil)
      #expect(reading.attribute("agent_name", of: agent) == "Chat \"1\"")
      #expect(reading.attribute("agent_type", of: agent) == "chat")
      #expect(reading.rows == 5 && reading.rejected.isEmpty)
    }
  }

  @Test func nothingOfAPersonOrAnOutputIsRead() async throws {
    let company = Self.company { $0.addExecutions(2, agent: "chat-1", at: now, Self.shape("u1", 5)) }
    try await withDesk(company) { desk in
      let outcome = try await desk.collect(Self.probe)
      for answer in outcome.answers {
        let text = "\(answer.reading.attributes) \(answer.reading.quantities.keys.map(\.entity.id))"
        #expect(!text.contains("@") && !text.contains("http") && !text.contains("only available"))
      }
    }
  }

  @Test func aRefreshWithNothingNewCostsOnePage() async throws {
    let company = Self.company { company in
      for hour in 0..<30 {
        company.addExecutions(20, agent: "chat-1", at: now.addingTimeInterval(-3600 * Double(hour)), Self.shape("u", 1))
      }
    }
    try await withDesk(company) { desk in
      _ = try await desk.collect(Self.probe, desk.demand(days: 3))
      let before = desk.simulator.log.requests.count
      #expect(before >= 6)
      let again = try await desk.collect(Self.probe)
      #expect(desk.simulator.log.requests.count == before + 1)
      #expect(again.answers.first?.reading.amounts(.executions)["chat-1"] == 280)
      // Fewer than a page of new ones: still one.
      desk.clock.advance(by: 120)
      company.addExecutions(60, agent: "chat-1", at: desk.clock.now(), Self.shape("u", 1))
      let more = try await desk.collect(Self.probe)
      #expect(desk.simulator.log.requests.count == before + 2)
      #expect(more.answers.first?.reading.amounts(.executions)["chat-1"] == 340)
      // More than a page of new ones: two.
      desk.clock.advance(by: 120)
      company.addExecutions(130, agent: "chat-1", at: desk.clock.now(), Self.shape("u", 1))
      _ = try await desk.collect(Self.probe)
      #expect(desk.simulator.log.requests.count == before + 4)
    }
  }

  /// Rows that come in while pages are read push others down; rows that vanish pull others up.
  @Test(arguments: TessOptions.Edits.allCases) func rowsMoveWhilePagesAreRead(_ edits: TessOptions.Edits) async throws {
    let company = Self.company()
    var ids: [Int64] = []
    for minute in 0..<700 {
      ids += company.addExecutions(
        1, agent: "chat-1", at: now.addingTimeInterval(-60 - 60 * Double(minute)),
        Self.shape("u\(minute % 7)", 1_000_003))
    }
    let all = ids
    try await withDesk(company) {
      $0.tess.edits = edits
    } _: { desk in
      // The day is known but for its last hour, so that an execution that is edited has been seen.
      _ = try await desk.collect(Self.probe)
      for round in 0..<6 {
        desk.clock.advance(by: 61)
        let fresh = desk.clock.now()
        company.addExecutions(250, agent: "chat-1", at: fresh, Self.shape("u\(round)", 7))
        // While the first page is on its way, some rows above the others vanish and some are added.
        desk.simulator.faults.inject(.delay(1, .injected), at: .tess, times: 1)
        async let outcome = desk.collect(Self.probe)
        while desk.clock.sleepers == 0 { await Task.yield() }
        for id in all[(round * 40)..<(round * 40 + 30)] { company.editExecution(id: id, at: fresh) }
        for id in all[(round * 40 + 30)..<(round * 40 + 40)] { company.archiveExecution(id: id, at: fresh) }
        desk.clock.advance(by: 1)
        #expect(try await outcome.failure == nil)
      }
      desk.clock.advance(by: 61)
      let outcome = try await desk.collect(Self.probe)
      let truth = company.tessTruth(DaySpan(LocalCalendar.utc.day(at: now)), at: desk.clock.now())
      #expect(outcome.answers.first?.reading.quantities.filter { $0.value != 0 } == truth.quantities)
    }
  }

  @Test func anExecutionThatFinishesLaterIsCountedAnew() async throws {
    let company = Self.company()
    company.addExecutions(
      1, agent: "chat-1", at: now,
      .init { shape in
        (shape.credits, shape.settledAfter) = (2_500_000, 90)
      })
    try await withDesk(company) { desk in
      let running = try await desk.collect(Self.probe).answers.first?.reading ?? Reading()
      #expect(running.amounts(.executionFailures) == ["chat-1": 0])
      #expect(running.quantities[SeriesKey(Entity(.agent, "chat-1"), .credits)] == 0)
      desk.clock.advance(by: 120)
      let finished = try await desk.collect(Self.probe).answers.first?.reading ?? Reading()
      #expect(finished.amounts(.executionFailures) == ["chat-1": 0])
      #expect(finished.quantities[SeriesKey(Entity(.agent, "chat-1"), .credits)] == 2_500_000)
      #expect(finished.quantities[SeriesKey(Entity(.agent, "chat-1"), .executions)] == 1)
    }
  }

  /// Tess says "failed" of what is still running, too: it counts as failed once it has had some time.
  @Test func aFailureCountsAfterAWhile() async throws {
    let company = Self.company()
    company.addExecutions(2, agent: "chat-1", at: now, .init { ($0.failed, $0.user) = (true, "u1") })
    try await withDesk(company) { desk in
      for (seconds, failures) in [(0.0, Int64(0)), (119, 0), (120, 2), (900, 2)] {
        desk.clock.set(now.addingTimeInterval(seconds))
        let outcome = try await desk.collect(Self.probe)
        let amounts = outcome.answers.first?.reading.amounts(.executionFailures)
        #expect(amounts == ["chat-1": failures], "after \(seconds) s")
      }
    }
  }

  /// An execution is archived before it is read again: what it came to counts all the same.
  @Test func whatIsArchivedWhileItRunsIsNotLost() async throws {
    let company = Self.company()
    let ids = company.addExecutions(
      1, agent: "chat-1", at: now, .init { ($0.credits, $0.settledAfter) = (38_000_000, 120) })
    try await withDesk(company) { desk in
      _ = try await desk.collect(Self.probe)
      company.archiveExecution(id: ids[0], at: now.addingTimeInterval(150))
      desk.clock.advance(by: 300)
      let reading = try await desk.collect(Self.probe).answers.first?.reading ?? Reading()
      #expect(reading.amounts(.credits)["chat-1"] == 38_000_000)
      #expect(reading.amounts(.executionFailures) == ["chat-1": 0])
    }
  }

  /// An edited row says that its execution failed, whatever came of it.
  @Test func anEditedRowIsNoFailure() async throws {
    let company = Self.company()
    let ids = company.addExecutions(3, agent: "chat-1", at: now.addingTimeInterval(-3600), Self.shape("u1", 5))
    company.editExecution(id: ids[0], at: now.addingTimeInterval(-1800))
    try await withDesk(company) {
      $0.tess.edits = .replacesInPlace
    } _: { desk in
      let reading = try await desk.collect(Self.probe).answers.first?.reading ?? Reading()
      #expect(reading.amounts(.executions)["chat-1"] == 3)
      #expect(reading.amounts(.executionFailures) == ["chat-1": 0])
    }
  }

  /// A late row in the middle of a day that was read already.
  @Test func aClosedDayIsReadWholeOnceMore() async throws {
    let company = Self.company()
    company.addExecutions(5, agent: "chat-1", at: Self.yesterday, Self.shape("u1", 3))
    company.addExecutions(4, agent: "chat-1", at: Self.yesterday, .init { $0.visibleAfter = 90_000 })
    company.addExecutions(3, agent: "chat-1", at: now, Self.shape("u1", 3))
    try await withDesk(company) { desk in
      _ = try await desk.collect(Self.probe, desk.demand(days: 2))
      desk.clock.advance(by: 7200)
      let usual = try await desk.collect(Self.probe)
      #expect(usual.answers.map { $0.reading.amounts(.executions)["chat-1"] } == [3, nil])
      let whole = try await desk.collect(Self.probe, desk.demand(days: 2, inFull: 1...1))
      #expect(whole.answers.map { $0.reading.amounts(.executions)["chat-1"] } == [3, 9, nil])
    }
  }

  /// In which zone Tess cuts its days is documented nowhere.
  @Test(arguments: ["UTC", "America/Sao_Paulo", "Asia/Tokyo"], ["UTC", "Europe/Berlin", "Pacific/Auckland"])
  func daysAreLocalWhateverTessTakesThemFor(theirs: String, ours: String) async throws {
    let company = Self.company { company in
      for hour in 0..<72 {
        company.addExecutions(1, agent: "chat-1", at: now.addingTimeInterval(-3600 * Double(hour)), Self.shape("u", 1))
      }
    }
    let zone = try #require(LocalCalendar(zone: theirs))
    try await withDesk(company) {
      $0.tess.calendar = zone
    } _: { desk in
      let demand = try desk.demand(zone: ours, days: 3)
      let outcome = try await desk.collect(Self.probe, demand)
      for day in demand.days {
        let truth = company.tessTruth(DaySpan(day), in: demand.calendar, at: now).quantities
        let answer = outcome.answers.first { $0.coverage.contains(.bucket(.day(day))) }
        #expect(answer?.reading.quantities.filter { $0.value != 0 } == truth, "\(day)")
      }
    }
  }

  @Test func usersAreExactOverEachWindow() async throws {
    let company = Self.company { company in
      for (day, users) in [(0, 1...3), (1, 2...5), (6, 9...9), (20, 4...8)] {
        for user in users {
          let moment = now.addingTimeInterval(-86_400 * Double(day))
          company.addExecutions(2, agent: "chat-1", at: moment, Self.shape("u\(user)", 1))
        }
      }
    }
    try await withDesk(company) { desk in
      let outcome = try await desk.collect(Self.probe, desk.demand(days: 30, users: [1, 7, 28, 30]))
      let counts = outcome.answers.flatMap { answer in
        answer.coverage.compactMap { coverage -> Int64? in
          guard case .activeUsers = coverage else { return nil }
          return answer.reading.activeUsers[.workspace]
        }
      }
      #expect(counts == [3, 6, 9, 9])
    }
  }

  @Test func aHistoryThatIsClampedIsTakenAsItIs() async throws {
    let company = Self.company { company in
      for day in 0..<10 {
        let moment = now.addingTimeInterval(-86_400 * Double(day))
        company.addExecutions(1, agent: "chat-1", at: moment, Self.shape("u", 1))
      }
    }
    let clamp = LocalCalendar.utc.day(at: now).advanced(by: -4)
    try await withDesk(company) {
      $0.tess.historyMinDate = clamp
    } _: { desk in
      let outcome = try await desk.collect(Self.probe, desk.demand(days: 10))
      #expect(outcome.failure == nil)
      #expect(outcome.answers.compactMap { $0.reading.amounts(.executions)["chat-1"] } == [1, 1, 1, 1, 1])
    }
  }

  /// An edited row stands for an execution that was never seen, until that is seen; one that was seen stays as it was.
  @Test(arguments: TessOptions.Edits.allCases) func anEditedChatIsTheSameExecution(_ edits: TessOptions.Edits)
    async throws
  {
    let company = Self.company()
    let seen = company.addExecutions(1, agent: "chat-1", at: now.addingTimeInterval(-600), Self.shape("u1", 700))
    let unseen = company.addExecutions(1, agent: "chat-1", at: now.addingTimeInterval(-500), Self.shape("u2", 900))
    company.editExecution(id: unseen[0], at: now.addingTimeInterval(-400))
    company.editExecution(id: seen[0], at: now.addingTimeInterval(60))
    try await withDesk(company) {
      $0.tess.edits = edits
    } _: { desk in
      _ = try await desk.collect(Self.probe)
      desk.clock.advance(by: 120)
      let today = LocalCalendar.utc.day(at: now)
      for demand in [try desk.demand(), try desk.demand(inFull: 0...0)] {
        let outcome = try await desk.collect(Self.probe, demand)
        let truth = company.tessTruth(
          DaySpan(today), at: desk.clock.now(), firstRead: now, options: desk.simulator.configuration.tess)
        let reading = outcome.answers.first { $0.coverage.contains(.bucket(.day(today))) }?.reading ?? Reading()
        #expect(reading.quantities.filter { $0.value != 0 } == truth.quantities)
      }
    }
  }

  /// "the key sees only its own executions, with 200 and no marker"
  @Test func aKeyThatSeesOnlyItsOwnerIsSuspected() async throws {
    let company = Self.company { company in
      for user in ["usr_000", "u1", "u2"] { company.addExecutions(2, agent: "chat-1", at: now, Self.shape(user, 1)) }
    }
    try await withDesk(company) { desk in
      let keys = desk.simulator.configuration.keys
      for (key, isSuspect) in [(keys.tessOwnOnly.keys.first, true), (nil, false)] {
        let outcome = try await desk.collect(
          Self.probe, desk.demand(days: 7, users: [1, 7]), from: desk.client(.tess, key: key))
        #expect(outcome.failure == nil)
        #expect(outcome.answers.contains { !$0.reading.notices.isEmpty } == isSuspect)
      }
    }
  }

  // MARK: Refusals

  @Test(arguments: [(Fault.RetryAfter.bodySeconds(40), 40.0), (.headerSeconds(25), 25), (.seconds(33), 33)])
  func thePauseIsInTheBodyOrInTheHeader(_ retryAfter: Fault.RetryAfter, _ seconds: TimeInterval) async throws {
    try await withDesk(Self.company()) { desk in
      let api = try desk.client(.tess)
      desk.simulator.faults.inject(.rateLimited(retryAfter), at: .tess, times: 1)
      let failure = try await desk.collect(Self.probe, from: api).failure
      #expect(failure?.reason == .rateLimited)
      #expect(failure?.retryAt == now.addingTimeInterval(seconds))
      desk.clock.advance(by: seconds - 1)
      #expect(try await desk.collect(Self.probe, from: api).failure?.wasWithheld == true)
      desk.clock.advance(by: 1)
      #expect(try await desk.collect(Self.probe, from: api).failure == nil)
    }
  }

  @Test func whatIsWrongWithAKeyOrAWorkspaceIsSaid() async throws {
    try await withDesk(Self.company()) { desk in
      let cases: [(key: String?, workspace: String, reason: UpstreamFailure.Reason, word: String)] = [
        ("nonsense", desk.simulator.tessWorkspace, .auth, "API Tokens"),
        (desk.simulator.configuration.keys.tessWithoutAbility.first, desk.simulator.tessWorkspace, .auth, "use_agents"),
        (nil, "999", .auth, "workspace_id"), (nil, "acme", .server, "number"),
      ]
      for (key, workspace, reason, word) in cases {
        let outcome = try await desk.collect(
          Self.probe, from: desk.client(.tess, key: key), options: .init(remoteWorkspace: workspace))
        #expect(outcome.failure?.reason == reason, "\(workspace)")
        #expect(outcome.failure?.message.contains(word) == true, "\(outcome.failure?.message ?? "")")
      }
    }
  }

  /// Nothing of a reading counts that broke off before it reached what is known.
  @Test func aReadingThatBreaksOffLeavesEverythingAsItWas() async throws {
    let company = Self.company { $0.addExecutions(50, agent: "chat-1", at: now, Self.shape("u", 1)) }
    try await withDesk(company) { desk in
      _ = try await desk.collect(Self.probe)
      desk.clock.advance(by: 120)
      company.addExecutions(400, agent: "chat-1", at: desk.clock.now(), Self.shape("u", 1))
      desk.simulator.faults.inject(.status(500), at: .tess, sparing: 2, times: 1)
      let failed = try await desk.collect(Self.probe)
      #expect(failed.failure != nil && failed.answers.isEmpty)
      #expect(await desk.journal.events.count == 50)
      let next = try await desk.collect(Self.probe)
      #expect(next.answers.first?.reading.amounts(.executions)["chat-1"] == 450)
    }
  }
}
