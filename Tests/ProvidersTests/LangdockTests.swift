import Foundation
import Simulator
import Testing
import Upstream
import Usage

/// What Langdock's exports say, to the last number.
@Suite struct LangdockTests {
  private static func company(_ edit: (Company) -> Void) -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    edit(company)
    return company
  }

  private static let agents = Probe.named("langdock/agents")
  private static let models = Probe.named("langdock/models")

  @Test func anAgentsRow() async throws {
    let company = Self.company { company in
      company.addAgent(id: "a", name: "Alpha", provider: .langdock)
      for (user, conversation) in [("u1", UInt32(1)), ("u2", 2), ("u1", 3)] {
        company.addMessages(
          2, agent: "a", at: now.addingTimeInterval(-60),
          .init { shape in
            (shape.user, shape.conversation, shape.ownKeys) = (user, conversation, true)
            (shape.inputTokens, shape.cachedTokens) = (100, 30)
            (shape.cacheCreationTokens, shape.outputTokens) = (7, 50)
          })
      }
    }
    try await withDesk(company) { desk in
      let reading = try await desk.collect(Self.agents).reading
      let agent = Entity(.agent, "a")
      #expect(reading.amounts(.messages) == ["a": 6])
      #expect(reading.amounts(.conversations) == ["a": 3])
      #expect(reading.activeUsers == [agent: 2])
      #expect(reading.attribute("agent_name", of: agent) == "Alpha")
      #expect(reading.unreported.isEmpty)
      // Disjoint: together they are the prompt and completion tokens.
      let tokens = TokenType.allCases.map { reading.amounts(.tokens, $0.rawValue)["a"] }
      #expect(tokens == [600, 300, 180, 42])
    }
  }

  /// Without the columns of cached tokens the prompt is all input.
  @Test(arguments: [
    (LangdockOptions.AgentCacheColumns.asInModels, [100, 5, 30, 7] as [Int64?]), (.asInAPIKeys, [100, 5, 30, 7]),
    (.none, [137, 5, nil, nil]),
  ])
  func tokenColumnsHaveManyNames(_ columns: LangdockOptions.AgentCacheColumns, _ expected: [Int64?]) async throws {
    let company = Self.company { company in
      company.addMessages(
        1, agent: "a", at: now,
        .init { shape in
          (shape.ownKeys, shape.inputTokens, shape.cachedTokens) = (true, 100, 30)
          (shape.cacheCreationTokens, shape.outputTokens) = (7, 5)
        })
    }
    try await withDesk(company) {
      $0.langdock.agentCacheColumns = columns
    } _: { desk in
      let reading = try await desk.collect(Self.agents).reading
      #expect(TokenType.allCases.map { reading.amounts(.tokens, $0.rawValue)["a"] } == expected)
    }
  }

  /// "a column that is absent means no series, not 0"
  @Test func withoutOwnKeysNothingIsSaidOfTokensAndCosts() async throws {
    try await withDesk {
      $0.langdock.ownKeys = false
    } _: { desk in
      let agents = try await desk.collect(Self.agents).reading
      #expect(agents.unreported == [.tokens])
      let models = try await desk.collect(Self.models).reading
      #expect(models.unreported == [.tokens, .costUSD])
      #expect(!models.quantities.contains { [.tokens, .costUSD].contains($0.key.measure) })
      let keys = try await desk.collect(Probe.named("langdock/api_keys")).reading
      #expect(keys.unreported == [.tokens])
      #expect(keys.amounts(.costUSD) == ["k1": 0, "k2": 0])
    }
  }

  /// "one model with and without own keys is one series, summed"
  @Test func aModelWithAndWithoutOwnKeysIsOne() async throws {
    let company = Self.company { company in
      for (ownKeys, count) in [(true, 4), (false, 3)] {
        company.addMessages(
          count, agent: "a", at: now,
          .init { shape in
            (shape.ownKeys, shape.inputTokens, shape.cost) = (ownKeys, 10, 1_000_001)
          })
      }
      company.addMessages(2, agent: "a", at: now, .init { $0.modelProvider = "azure" })
    }
    try await withDesk(company) { desk in
      let reading = try await desk.collect(Self.models).reading
      let openAI = Entity(.model, "gpt-5.2", qualifier: "openai")
      #expect(reading.rows == 3)
      #expect(reading.quantities[SeriesKey(openAI, .requests)] == 7)
      #expect(reading.quantities[SeriesKey(openAI, .tokens, "input")] == 40)
      // Exact to the sixth decimal.
      #expect(reading.quantities[SeriesKey(openAI, .costUSD)] == 4_000_004)
      #expect(reading.quantities[SeriesKey(Entity(.model, "gpt-5.2", qualifier: "azure"), .requests)] == 2)
    }
  }

  @Test func usersCountTheWorkspacesActiveUsersAndTellNoName() async throws {
    try await withDesk { desk in
      let outcome = try await desk.collect(Probe.named("langdock/users"), desk.demand(users: [1, 7]))
      #expect(outcome.answers.count == 2)
      for answer in outcome.answers {
        #expect(answer.reading.activeUsers == [.workspace: 2])
        #expect(answer.reading.attributes.isEmpty)
      }
    }
  }

  // MARK: Nothing, and too much

  @Test(arguments: Probe.langdock) func noDataFoundIsZeroRows(_ probe: Probe) async throws {
    try await withDesk(Company.empty(today: LocalCalendar.utc.day(at: now))) { desk in
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure == nil)
      #expect(outcome.answers.count == 1)
      #expect(outcome.reading.quantities.isEmpty && outcome.reading.unreported.isEmpty)
      // The table of users tells how many there were: none.
      #expect(outcome.reading.activeUsers == (probe.collector == "users" ? [.workspace: 0] : [:]))
      #expect(desk.ends.all == [.init(endpoint: String(probe.path.dropLast(4)), status: 404, failure: nil)])
      #expect(desk.simulator.log.count(.langdockStorage) == 0)
    }
  }

  @Test(arguments: [
    #"{"error":"Not Found","message":"Cannot POST"}"#,
    #"{"type":"error","error":{"type":"x","message":"No data found"}}"#,
    "No data found", "",
  ])
  func anyOther404IsAFailure(_ body: String) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(404, body: body), at: .langdock)
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == .server)
    }
  }

  /// "the window is halved until it fits, and summed (never for distinct users)"
  @Test(arguments: [1, 2, 3, 5, 7]) func whatIsTooLargeIsHalved(_ limit: Int) async throws {
    let company = Self.company { company in
      for hour in 0..<72 {
        company.addMessages(1, agent: hour % 2 == 0 ? "a" : "b", at: now.addingTimeInterval(-3600 * Double(hour)))
      }
    }
    try await withDesk(company) {
      $0.langdock.rowLimit = limit
    } _: { desk in
      // From Monday to today: a week's gauge of three whole days and the fourth so far.
      let outcome = try await desk.collect(Self.agents, desk.demand(periods: [.week], users: [7]))
      #expect(outcome.failure == nil)
      #expect(outcome.answers.count == 3)
      let week = try #require(outcome.answers.first { $0.reading.quantities.values.max() ?? 0 > 10 })
      #expect(week.reading.amounts(.messages) == ["a": 36, "b": 36])
      for answer in outcome.answers {
        #expect(answer.reading.activeUsers.isEmpty)
        #expect(answer.reading.amounts(.conversations).isEmpty)
        #expect(answer.reading.unreported.contains(.conversations))
      }
      let covers = outcome.answers.flatMap(\.coverage)
      #expect(covers.contains(.bucket(.day(LocalCalendar.utc.day(at: now)))))
      #expect(!covers.contains { if case .activeUsers = $0 { true } else { false } })
    }
  }

  /// Rows that cannot be told apart by time end in a failure, not in a loop.
  @Test func aMinuteThatIsTooLargeIsAFailure() async throws {
    try await withDesk {
      $0.langdock.rowLimit = 2
    } _: { desk in
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == .tooLarge)
      #expect(outcome.answers.isEmpty)
      #expect(desk.simulator.log.count(.langdock) < 20)
    }
  }

  @Test func onlyThatErrorIsHalved() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(400, body: #"{"error":"Bad Request","message":"no"}"#), at: .langdock)
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == .server)
      #expect(desk.simulator.log.count(.langdock) == 1)
    }
  }
}
