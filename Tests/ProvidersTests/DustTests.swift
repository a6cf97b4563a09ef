import Foundation
import Providers
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// Dust's tables to the last number, in both formats, and what its refusals mean.
@Suite struct DustTests {
  private static let formats = [false, true]

  private static func company(_ edit: (Company) -> Void) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    edit(company)
    return company
  }

  private static func shape(_ user: String?, _ conversation: UInt32, credits: UInt32 = 0) -> DustMessageShape {
    DustMessageShape { ($0.user, $0.conversation, $0.credits) = (user, conversation, credits) }
  }

  @Test(arguments: formats) func anAgentsRow(isCSV: Bool) async throws {
    let company = Self.company { company in
      company.addAgent(id: "d", name: "-bot, \"the first\"\nof two", provider: .dust)
      company.addDustMessages(2, agent: "d", at: now, Self.shape("u1", 1, credits: 120))
      company.addDustMessages(3, agent: "d", at: now, Self.shape("u2", 2, credits: 120))
      company.addDustMessages(1, agent: "d", at: now, Self.shape(nil, 3))
    }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let reading = try await desk.collect(.named("dust/agents")).reading
      let agent = Entity(.agent, "d")
      #expect(reading.quantities[SeriesKey(agent, .messages)] == 6)
      #expect(reading.quantities[SeriesKey(agent, .conversations)] == 3)
      // 5 × 1.20 credits are whole ones.
      #expect(reading.quantities[SeriesKey(agent, .credits)] == 6_000_000)
      #expect(reading.activeUsers[agent] == 2)
      // The formula guard of the CSV is undone.
      #expect(reading.attribute("agent_name", of: agent) == "-bot, \"the first\"\nof two")
      #expect(reading.attribute("visibility", of: agent) == "published")
    }
  }

  @Test(arguments: formats) func anAgentWithoutUsageIsThereAtZero(isCSV: Bool) async throws {
    let company = Self.company { $0.addAgent(id: "idle", name: "Idle", provider: .dust) }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let reading = try await desk.collect(.named("dust/agents")).reading
      #expect(reading.amounts(.messages) == ["idle": 0])
    }
  }

  /// The number that it ends with would be another one.
  @Test(arguments: ["agents", "consumption"]) func aTableThatIsCutOffInItsLastFieldIsRefused(_ table: String)
    async throws
  {
    try await withDesk {
      $0.dust.csvOnly = true
    } _: { desk in
      desk.simulator.faults.inject(.bodyCut(keeping: 0.995), at: .dust)
      let outcome = try await desk.collect(.named("dust/\(table)"))
      #expect(outcome.failure?.reason == .decode)
      #expect(outcome.answers.isEmpty)
    }
  }

  @Test(arguments: formats) func aColumnThatIsNotThereIsNotZero(isCSV: Bool) async throws {
    try await withDesk {
      ($0.dust.csvOnly, $0.dust.creditsColumn) = (isCSV, false)
    } _: { desk in
      let reading = try await desk.collect(.named("dust/agents")).reading
      #expect(reading.unreported == [.credits])
      #expect(reading.amounts(.credits).isEmpty)
    }
  }

  @Test(arguments: formats) func daysWithoutARowAreZero(isCSV: Bool) async throws {
    let company = Self.company { company in
      company.addDustMessages(4, agent: "d", at: now.addingTimeInterval(-2 * 86_400), Self.shape("u1", 1))
    }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let outcome = try await desk.collect(
        .named("dust/usage_metrics"), desk.demand(days: 4, periods: [.day, .previousDay, .week, .month]))
      let messages = SeriesKey(.workspace, .messages)
      #expect(outcome.answers.prefix(4).map { $0.reading.quantities[messages] } == [0, 4, 0, 0])
      #expect(outcome.answers.suffix(2).map { $0.reading.quantities[messages] } == [4, 4])
      // Conversations of two days are not those of both.
      #expect(outcome.answers.last?.reading.amounts(.conversations).isEmpty == true)
      #expect(outcome.answers.dropFirst(3).first?.reading.activeUsers[.workspace] == 0)
      #expect(desk.simulator.log.requests.count == 1)
    }
  }

  @Test(arguments: formats) func rollingUsersEndToday(isCSV: Bool) async throws {
    let company = Self.company { company in
      for (day, users) in [(0, 1...2), (5, 2...4), (20, 4...9)] {
        for user in users {
          let moment = now.addingTimeInterval(-86_400 * Double(day))
          company.addDustMessages(1, agent: "d", at: moment, Self.shape("u\(user)", 1))
        }
      }
    }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let outcome = try await desk.collect(.named("dust/active_users"))
      #expect(outcome.answers.map { $0.reading.activeUsers[.workspace] } == [2, 4, 9])
      // Nobody yet tomorrow: of that day it is known, of the longer windows it is not.
      desk.clock.advance(by: 86_400)
      let tomorrow = try await desk.collect(.named("dust/active_users"))
      #expect(tomorrow.answers.map { $0.reading.activeUsers[.workspace] } == [0])
    }
  }

  /// "two skills of one name can give two rows with the same key"
  @Test(arguments: formats) func twoSkillsOfOneNameAreOne(isCSV: Bool) async throws {
    let company = Self.company { company in
      for (id, count) in [("k1", 2), ("k2", 5)] {
        company.addDustSkill(id: id, name: "Refunds")
        company.addDustMessages(
          count, agent: "d", at: now,
          .init { shape in
            (shape.tools, shape.skills) = ([.init("search")], [id])
          })
      }
    }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let skills = try await desk.collect(.named("dust/skills")).reading
      let tools = try await desk.collect(.named("dust/tools")).reading
      #expect(skills.amounts(.executions) == ["Refunds": 7])
      #expect(tools.amounts(.executions) == ["search": 7])
    }
  }

  @Test(arguments: formats) func thumbsUpAndDown(isCSV: Bool) async throws {
    let company = Self.company { company in
      company.addFeedback(3, agent: "d", at: now, .init { $0.content = "Wrong \"SLA\",\nplease check" })
      company.addFeedback(2, agent: "d", at: now, .init { ($0.up, $0.user) = (false, nil) })
      company.addFeedback(1, agent: "e", at: now)
    }
    try await withDesk(company) {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      let reading = try await desk.collect(.named("dust/feedback")).reading
      #expect(reading.amounts(.feedback, "up") == ["d": 3, "e": 1])
      #expect(reading.amounts(.feedback, "down") == ["d": 2, "e": 0])
      #expect(reading.attributes.isEmpty)
    }
  }

  // MARK: Lines

  @Test(arguments: formats) func creditsByAgentModelAndTool(isCSV: Bool) async throws {
    let company = Self.company { company in
      company.addAgent(id: "d", name: "=HYPERLINK()", provider: .dust)
      company.addDustMessages(
        3, agent: "d", at: now,
        .init { shape in
          (shape.model, shape.modelProvider, shape.credits) = ("m", "maker", 133)
          shape.tools = [.init("server", "find", credits: 7), .init("server", "read", credits: 1)]
        })
    }
    try await withDesk(company) {
      ($0.dust.csvOnly, $0.dust.creditsDirect) = (isCSV, isCSV)
    } _: { desk in
      let reading = try await desk.collect(.named("dust/consumption")).answers.first?.reading ?? Reading()
      #expect(reading.quantities[SeriesKey(Entity(.agent, "d"), .credits)] == 4_230_000)
      #expect(reading.quantities[SeriesKey(Entity(.model, "m", qualifier: "maker"), .credits)] == 3_990_000)
      #expect(reading.quantities[SeriesKey(Entity(.tool, "server"), .credits)] == 240_000)
      #expect(reading.quantities.count == 3)
      #expect(reading.rows == 9)
      #expect(reading.attribute("agent_name", of: Entity(.agent, "d")) == "=HYPERLINK()")
    }
  }

  /// "a trailing `ERROR:` line: the whole answer is refused"
  @Test(arguments: ["ERROR: Export timed out.", "ERROR: Internal server error."], formats)
  func anExportThatBreaksOffIsRefusedWhole(line: String, isCSV: Bool) async throws {
    try await withDesk {
      $0.dust.csvOnly = isCSV
    } _: { desk in
      desk.simulator.faults.inject(.lateError(line: line), at: .dust)
      let outcome = try await desk.collect(.named("dust/consumption"))
      #expect(outcome.failure?.reason == .decode)
      #expect(outcome.failure?.message.contains("broke off") == true)
      #expect(outcome.answers.isEmpty)
    }
  }

  @Test(arguments: ["consumption", "workspace_usage"])
  func whatIsNotSwitchedOnIsNoFailure(collector: String) async throws {
    for isGone in collector == "consumption" ? [false] : [false, true] {
      try await withDesk { configuration in
        configuration.dust.consumptionEnabled = false
        configuration.dust.usageDataEnabled = false
        configuration.dust.workspaceUsageAlive = !isGone
      } _: { desk in
        let api = try desk.client(.dust)
        let outcome = try await desk.collect(.named("dust/\(collector)"), from: api)
        #expect(outcome.notEnabled != nil && outcome.failure == nil && outcome.answers.isEmpty)
        #expect(desk.ends.all.map(\.failure) == [nil])
        #expect(await api.gate.block == nil)
      }
    }
  }

  @Test func theDeprecatedLogGivesUsersToo() async throws {
    try await withDesk { desk in
      let outcome = try await desk.collect(.named("dust/workspace_usage"), desk.demand(users: [7]))
      #expect(outcome.answers.last?.reading.activeUsers == [Entity(.agent, "d1"): 1, Entity(.agent, "d2"): 1])
      desk.clock.advance(by: -40 * 86_400)
      // A sentence in place of a header.
      let empty = try await desk.collect(.named("dust/workspace_usage"))
      #expect(empty.failure == nil && empty.reading.quantities.isEmpty)
    }
  }

  /// A message is of the local day in which it was written, although logs are asked for in UTC.
  @Test(arguments: ["messages", "workspace_usage", "consumption"], ["Pacific/Auckland", "America/Los_Angeles"])
  func logsAreCutIntoLocalDays(collector: String, zone: String) async throws {
    let company = Self.company { company in
      for hour in 0..<60 {
        company.addDustMessages(
          1, agent: "d", at: now.addingTimeInterval(-3600 * Double(hour)), Self.shape("u", UInt32(hour), credits: 100))
      }
    }
    try await withDesk(company) { desk in
      let demand = try desk.demand(zone: zone, days: 2)
      let outcome = try await desk.collect(.named("dust/\(collector)"), demand)
      let measure = collector == "consumption" ? Measure.credits : .messages
      let unit = measure.scale.rawValue
      let start = demand.calendar.start(of: demand.today)
      let today = Int64(now.timeIntervalSince(start) / 3600) + 1
      let amounts = outcome.answers.prefix(2).map { $0.reading.amounts(measure)["d"] }
      #expect(amounts == [today * unit, 24 * unit])
    }
  }

  // MARK: Refusals

  @Test func whatIsWrongWithAKeyOrAWorkspaceIsSaid() async throws {
    try await withDesk { desk in
      let keys = desk.simulator.configuration.keys.dust
      let workspace = desk.simulator.dustWorkspace
      let cases: [(key: String?, workspace: String, reason: UpstreamFailure.Reason, word: String)] = [
        ("sk-nonsense", workspace, .auth, "Developers > API keys"),
        (keys.withoutAdmin.first, workspace, .auth, "scope Admin"),
        (keys.ofOtherWorkspaces.first, workspace, .auth, "another workspace"),
        (nil, "elsewhere", .server, "eu.dust.tt"),
      ]
      for (key, workspace, reason, word) in cases {
        let outcome = try await desk.collect(
          .named("dust/sources"), from: desk.client(.dust, key: key), options: .init(remoteWorkspace: workspace))
        #expect(outcome.failure?.reason == reason)
        #expect(outcome.failure?.message.contains(word) == true, "\(outcome.failure?.message ?? "")")
      }
    }
  }

  @Test func aWorkspaceThatMovedIsSaid() async throws {
    try await withDesk {
      $0.dust.relocated = true
    } _: { desk in
      let failure = try await desk.collect(.named("dust/agents")).failure
      #expect(failure?.message.contains("moved to Dust's other region") == true)
    }
  }

  /// A table that a deployment is too old for fails alone.
  @Test func aTableThatIsNotThereYet() async throws {
    try await withDesk {
      $0.dust.tables.remove(.feedback)
    } _: { desk in
      let api = try desk.client(.dust)
      let failure = try await desk.collect(.named("dust/feedback"), from: api).failure
      #expect(failure?.reason == .server && failure?.status == 400)
      #expect(try await desk.collect(.named("dust/sources"), from: api).failure == nil)
    }
  }
}
