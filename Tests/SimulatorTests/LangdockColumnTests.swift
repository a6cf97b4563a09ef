import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The columns that the reference lists, in their order, and how they are written.
struct LangdockColumnTests {
  private static let common = ["period_start", "period_end", "org_id"]
  private static let ownModel = [
    "sum_prompt_tokens", "sum_completion_tokens", "sum_cached_prompt_tokens", "sum_cache_creation_tokens",
    "no_cache_tokens", "total_cost_usd",
  ]
  private static let agent = [
    "assistant_id", "assistant_name", "messages", "unique_users", "active_users", "conversations", "messages_per_user",
  ]
  private static let agentPerson = [
    "assistant_description", "assistant_url", "assistant_owner_id", "assistant_owner_email",
  ]
  private static let agentTokens = [
    "sum_prompt_tokens", "avg_prompt_tokens", "min_prompt_tokens", "max_prompt_tokens", "sum_completion_tokens",
    "avg_completion_tokens", "min_completion_tokens", "max_completion_tokens",
  ]
  private static let user = [
    "role", "joined_at", "department", "company_name", "license_type", "payg_limit_current",
    "payg_consumption_in_period", "payg_utilization_pct_current", "messages_total", "messages_total_rank",
    "messages_chat", "messages_chat_rank", "messages_assistants", "messages_assistants_rank", "assistants_messaged",
    "assistants_to_messages", "messages_projects", "messages_projects_rank", "projects_messaged",
    "projects_to_messages", "model_to_messages_total", "action_messages", "action_messaged", "action_to_messages",
  ]

  private func company() -> Company {
    let company = Company.empty(today: today)
    let own = Company.MessageShape {
      $0.ownKeys = true
      $0.inputTokens = 7
      $0.cachedTokens = 20
      $0.cacheCreationTokens = 3
      $0.outputTokens = 11
      $0.cost = 1_250_003
    }
    company.addMessages(1, agent: "a", at: noon, own)
    company.addMessages(2, agent: "a", at: noon, .init { $0.user = "user-2" })
    company.addMessages(4, agent: nil, at: noon, .init { $0.project = "p" })
    company.addRequests(5, apiKey: "k", at: noon, own)
    return company
  }

  @Test func fullColumns() async throws {
    try await simulating(company(), { $0.langdock.agentCacheColumns = .none }) { simulator, _ async throws in
      func columns(_ table: String) async throws -> [String] {
        parseCSV(try await simulator.download(table).text).first ?? []
      }
      #expect(try await columns("agents") == Self.common + Self.agent + Self.agentPerson + Self.agentTokens)
      #expect(
        try await columns("projects") == Self.common + [
          "project_id", "project_name", "project_owner_id", "project_owner_email", "messages",
        ])
      #expect(
        try await columns("models") == Self.common + ["name", "provider", "bring_your_keys", "requests"] + Self.ownModel
      )
      #expect(
        try await columns("api-keys") == Self.common + [
          "api_key_id", "api_key_name", "requests", "total_cost_usd", "sum_prompt_tokens", "sum_completion_tokens",
          "cached_prompt_tokens", "cache_creation_tokens", "no_cache_tokens",
        ])
      #expect(try await columns("users") == Self.common + ["user_id", "name", "email"] + Self.user)
    }
  }

  @Test func withoutOwnKeysAndPeople() async throws {
    let spare: (inout Simulator.Configuration) -> Void = {
      $0.langdock.ownKeys = false
      $0.langdock.userLevelData = false
    }
    try await simulating(company(), spare) { simulator, _ async throws in
      func columns(_ table: String) async throws -> [String] {
        parseCSV(try await simulator.download(table).text).first ?? []
      }
      #expect(try await columns("agents") == Self.common + Self.agent)
      #expect(
        try await columns("projects") == Self.common + ["project_id", "project_name", "project_owner_id", "messages"])
      #expect(try await columns("models") == Self.common + ["name", "provider", "bring_your_keys", "requests"])
      #expect(
        try await columns("api-keys") == Self.common + ["api_key_id", "api_key_name", "requests", "total_cost_usd"])
      #expect(try await columns("users") == Self.common + ["user_id"] + Self.user)
    }
  }

  @Test func values() async throws {
    try await simulating(company()) { simulator, _ in
      let agent = try #require(csvRows(try await simulator.download("agents").text).first)
      #expect((agent["messages"], agent["active_users"], agent["messages_per_user"]) == ("3", "2", "1.5"))
      #expect((agent["sum_prompt_tokens"], agent["no_cache_tokens"]) == ("30", "7"))
      let models = csvRows(try await simulator.download("models").text)
      let own = try #require(models.first { $0["bring_your_keys"] == "true" })
      #expect((own["requests"], own["total_cost_usd"], own["sum_prompt_tokens"]) == ("6", "7.500018", "180"))
      let managed = try #require(models.first { $0["bring_your_keys"] == "false" })
      #expect((managed["requests"], managed["total_cost_usd"], managed["name"]) == ("6", "", "gpt-5.2"))
      let users = csvRows(try await simulator.download("users").text)
      #expect(users.map { $0["messages_total"] } == ["5", "2"])
      #expect(users.map { $0["messages_total_rank"] } == ["1", "2"])
      #expect(users[0]["assistants_to_messages"] == "{\"a\":1}")
      #expect(users[0]["model_to_messages_total"] == "{\"gpt-5.2\":5}")
    }
  }

  @Test func hostileNames() async throws {
    let company = Company.empty(today: today)
    let names = [
      "A, \"quoted\" one", "two\nlines", "back\\slash\r\n", "tab\tand\u{1}control", "ünï🦊", "\u{202E}left", "",
    ]
    for (index, name) in names.enumerated() {
      company.addAgent(id: "id \(index) \"\n,", name: name, provider: .langdock)
      company.addMessages(1, agent: "id \(index) \"\n,", at: noon)
      company.addAgent(id: "id \(index) \"\n,", name: name, provider: .agentphone)
      company.addTexts(1, agent: "id \(index) \"\n,", at: noon)
    }
    try await simulating(company) { simulator, _ in
      let csv = csvRows(try await simulator.download("agents").text)
      #expect(csv.compactMap { $0["assistant_name"] } == names)
      #expect(csv.first?["assistant_id"] == "id 0 \"\n,")
      let json = try await simulator.rows("agents")
      #expect(json.compactMap { $0["assistant_name"] as? String } == names)
      let phone = try await simulator.phoneRows("/v1/usage/by-agent?period=year")
      #expect(phone.compactMap { $0["agentName"] as? String } == names)
      company.renameAgent(id: "id 0 \"\n,", to: "renamed", provider: .langdock)
      #expect(try await simulator.rows("agents").first?["assistant_name"] as? String == "renamed")
    }
  }

  @Test func periodDatesAreOfTheInstantsInUTC() async throws {
    let company = Company.empty(today: today)
    company.addMessages(1, agent: "a", at: noon)
    try await simulating(company) { simulator, _ in
      let row = try await simulator.rows("agents", zone: "Europe/Berlin").first
      #expect(row?["period_start"] as? String == "2026-11-18")
      #expect(row?["period_end"] as? String == "2026-11-19")
    }
    try await simulating(company, { $0.langdock.periodDates = .requested }) { simulator, _ in
      let row = try await simulator.rows("agents", zone: "Europe/Berlin").first
      #expect(row?["period_start"] as? String == "2026-11-19")
    }
  }
}
