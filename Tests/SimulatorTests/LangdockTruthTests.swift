import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The answers say what the event log says, counted another way.
struct LangdockTruthTests {
  private static let windows: [(DaySpan, String)] = [
    (DaySpan(today), "UTC"), (DaySpan("2026-11-18", "2026-11-18"), "UTC"),
    (DaySpan("2026-11-17", "2026-11-19"), "Europe/Berlin"), (DaySpan("2026-10-25", "2026-10-25"), "Europe/Berlin"),
    (DaySpan("2026-11-15", "2026-11-15"), "Pacific/Auckland"), (DaySpan("2026-07-20", "2026-07-23"), "UTC"),
  ]

  @Test(arguments: windows)
  func answersAreTrue(_ span: DaySpan, _ zone: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let company = sharedCompany
    try await simulating(company) { simulator, _ in
      let agents = Truth.agents(try await simulator.rows("agents", span, zone: zone))
      #expect(agents == company.agentTruth(span, in: calendar, at: noon))
      #expect(!agents.quantities.isEmpty && !agents.activeUsers.isEmpty)
      let projects = Truth.projects(try await simulator.rows("projects", span, zone: zone))
      #expect(projects == company.projectTruth(span, in: calendar, at: noon))
      let models = Truth.models(try await simulator.rows("models", span, zone: zone))
      #expect(models == company.modelTruth(span, in: calendar, at: noon))
      #expect(models.quantities.keys.contains { $0.measure == .costUSD })
      let sources = Truth.sources(try await simulator.rows("models", span, zone: zone, groupBy: "source"))
      #expect(sources == company.sourceTruth(span, in: calendar, at: noon))
      let keys = Truth.apiKeys(try await simulator.rows("api-keys", span, zone: zone))
      #expect(keys == company.apiKeyTruth(span, in: calendar, at: noon))
      let users = Truth.users(try await simulator.rows("users", span, zone: zone))
      #expect(users == company.userTruth(span, in: calendar, at: noon))
    }
  }

  @Test func withoutOwnKeys() async throws {
    let company = sharedCompany
    let span = DaySpan("2026-11-18", "2026-11-18")
    try await simulating(company, { $0.langdock.ownKeys = false }) { simulator, _ in
      let agents = Truth.agents(try await simulator.rows("agents", span))
      #expect(agents == company.agentTruth(span, at: noon, ownKeys: false))
      let models = Truth.models(try await simulator.rows("models", span))
      #expect(models == company.modelTruth(span, at: noon, ownKeys: false))
      let keys = Truth.apiKeys(try await simulator.rows("api-keys", span))
      #expect(keys == company.apiKeyTruth(span, at: noon, ownKeys: false))
      #expect(keys.quantities.keys.contains { $0.measure == .costUSD })
    }
  }

  @Test func csvAndJSONAgree() async throws {
    try await simulating(sharedCompany) { simulator, _ in
      for table in ["agents", "projects", "models", "api-keys", "users"] {
        let csv = csvRows(try await simulator.download(table).text)
        let json = try await simulator.rows(table)
        #expect(csv.count == json.count && !csv.isEmpty)
        for (text, row) in zip(csv, json) {
          #expect(Set(text.keys) == Set(row.keys))
          for column in ["messages", "requests", "conversations", "messages_total"] {
            #expect(text[column].flatMap { Int($0) } == row[column] as? Int)
          }
        }
      }
    }
  }

  @Test func groupedRowsAddUp() async throws {
    try await simulating(sharedCompany) { simulator, _ in
      for (table, column, group) in [("agents", "messages", "model"), ("models", "requests", "source")] {
        func sum(_ rows: [[String: Any]]) -> Int { rows.reduce(0) { $0 + ($1[column] as? Int ?? 0) } }
        let plain = try await simulator.rows(table)
        let grouped = try await simulator.rows(table, groupBy: group)
        #expect(sum(plain) == sum(grouped))
        #expect(grouped.count > plain.count)
      }
    }
  }

  /// Late arrivals raise a closed day, retractions lower it, both at the very millisecond.
  @Test func totalsFollowTheClock() async throws {
    let company = Company.empty(today: today)
    let yesterday = moment("2026-11-18T10:00:00")
    company.addMessages(5, agent: "a", at: yesterday)
    company.addMessages(3, agent: "a", at: yesterday, .init { $0.visibleAfter = 20 * 3600 })
    #expect(
      company.retract(2, agent: "a", provider: .langdock, on: day("2026-11-18"), at: moment("2026-11-20T00:00:00")) == 2
    )
    try await simulating(company, at: yesterday) { simulator, clock in
      let expected: [(String, Int)] = [
        ("2026-11-18T09:59:59", 0), ("2026-11-18T10:00:00", 5), ("2026-11-19T05:59:59", 5),
        ("2026-11-19T06:00:00", 8), ("2026-11-19T23:59:59", 8), ("2026-11-20T00:00:00", 6), ("2026-12-20T00:00:00", 6),
      ]
      for (time, count) in expected {
        clock.set(moment(time))
        let rows = try await simulator.rows("agents", DaySpan(day("2026-11-18")))
        #expect(rows.first?["messages"] as? Int ?? 0 == count, "\(time)")
        let truth = company.agentTruth(DaySpan(day("2026-11-18")), at: moment(time))
        #expect(truth.quantities[SeriesKey(Entity(.agent, "a"), .messages)] ?? 0 == count)
      }
    }
  }

  @Test func seededDaysGrowForHoursAfterTheirEnd() {
    let span = DaySpan("2026-11-17", "2026-11-17")
    func messages(_ time: String) -> Int64 {
      sharedCompany.agentTruth(span, at: moment(time)).quantities
        .filter { $0.key.measure == .messages }.values.reduce(0, +)
    }
    #expect(messages("2026-11-17T12:00:00") < messages("2026-11-17T12:00:20"))
    #expect(messages("2026-11-18T00:00:10") < messages("2026-11-18T12:00:00"))
    #expect(messages("2026-11-18T22:00:00") > messages("2026-11-21T00:00:00"))
  }

  @Test func distinctUsersAndConversationsDoNotAddUp() {
    let both = sharedCompany.agentTruth(DaySpan("2026-11-17", "2026-11-18"), at: noon)
    let days = ["2026-11-17", "2026-11-18"].map { sharedCompany.agentTruth(DaySpan(day($0)), at: noon) }
    let agent = Entity(.agent, "ag_sendung")
    let conversations = SeriesKey(agent, .conversations)
    #expect((both.quantities[conversations] ?? 0) < days.reduce(0) { $0 + ($1.quantities[conversations] ?? 0) })
    #expect((both.activeUsers[agent] ?? 0) < days.reduce(0) { $0 + ($1.activeUsers[agent] ?? 0) })
  }
}
