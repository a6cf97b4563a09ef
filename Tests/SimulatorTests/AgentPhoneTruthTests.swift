import Foundation
import Simulator
import TestSupport
import Testing
import Usage

struct AgentPhoneTruthTests {
  @Test(arguments: [CalendarPeriod.week, .month, .year], ["UTC", "America/New_York", "Australia/Sydney"])
  func byAgentIsTrue(_ period: CalendarPeriod, _ zone: String) async throws {
    let company = youngCompany
    let calendar = try #require(LocalCalendar(zone: zone))
    try await simulating(company) { simulator, clock in
      // Twice, for the second answer comes from remembered days, and later, when more has become visible.
      for seconds in [0.0, 0, 3600, 86_400] {
        clock.advance(by: seconds)
        let path = "/v1/usage/by-agent?period=\(period.rawValue)&tz=\(zone)"
        let answer = Truth.phoneAgents(try await simulator.phoneRows(path))
        #expect(answer == company.phoneAgentTruth(period, in: calendar, at: clock.now()))
        #expect(!answer.quantities.isEmpty)
      }
    }
  }

  @Test func accountAndNumbersAreTrue() async throws {
    let company = youngCompany
    try await simulating(company) { simulator, clock in
      for seconds in [0.0, 1800, 100_000] {
        clock.advance(by: seconds)
        let account = Truth.phoneAccount(try await simulator.phone("/v1/usage").json)
        #expect(account == company.phoneLifetimeTruth(at: clock.now()))
        let numbers = Truth.phoneNumbers(try await simulator.phoneRows("/v1/usage/by-number"))
        #expect(numbers == company.phoneNumberTruth(at: clock.now()))
      }
    }
  }

  @Test func daysAreTrue() async throws {
    let company = youngCompany
    try await simulating(company) { simulator, _ in
      for row in try await simulator.phoneRows("/v1/usage/daily?days=5") {
        let span = DaySpan(day(row["date"] as? String ?? ""))
        var truth = company.phoneWorkspaceTruth(span, at: noon)
        truth.quantities[SeriesKey(.workspace, .webhookDeliveryFailures)] = nil
        #expect(Truth.phoneDay(row) == truth)
      }
    }
  }

  @Test func deletedAgentsMoveToUnassigned() async throws {
    let company = Company.empty(today: today)
    company.addAgent(id: "a", name: "A", provider: .agentphone)
    company.addTexts(7, agent: "a", at: moment("2026-11-10T08:00:00"))
    company.addCalls(2, agent: "a", seconds: 30, at: moment("2026-11-19T08:00:00"))
    company.addTexts(5, agent: nil, at: moment("2026-11-19T08:00:00"))
    company.deleteAgent(id: "a", provider: .agentphone, at: moment("2026-11-19T13:00:00"))
    try await simulating(company) { simulator, clock in
      let path = "/v1/usage/by-agent?period=month"
      func messages() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try await simulator.phoneRows(path) {
          counts[row["agentId"] as? String ?? "-"] = row["messages"] as? Int
        }
        return counts
      }
      #expect(try await messages() == ["a": 7, "-": 5])
      clock.set(moment("2026-11-19T13:00:00"))
      #expect(try await messages() == ["-": 12])
      let answer = Truth.phoneAgents(try await simulator.phoneRows(path))
      #expect(answer == company.phoneAgentTruth(.month, at: clock.now()))
      #expect(answer.quantities[SeriesKey(.unassigned, .callSeconds)] == 60)
    }
  }

  @Test func deletedSeededAgentStops() async throws {
    let company = Company(Company.Configuration(today: today, historyDays: 5))
    let evening = moment("2026-11-20T12:00:00")
    try await simulating(company, at: evening) { simulator, _ in
      let before = Truth.phoneAgents(try await simulator.phoneRows("/v1/usage/by-agent?period=year"))
      company.deleteAgent(id: "agent_service", provider: .agentphone, at: noon)
      let after = Truth.phoneAgents(try await simulator.phoneRows("/v1/usage/by-agent?period=year"))
      #expect(after == company.phoneAgentTruth(.year, at: evening))
      let agent = SeriesKey(Entity(.agent, "agent_service"), .messages)
      let unassigned = SeriesKey(.unassigned, .messages)
      #expect(before.quantities[agent] != nil && after.quantities[agent] == nil)
      // Its second day never happened.
      let gained = (after.quantities[unassigned] ?? 0) - (before.quantities[unassigned] ?? 0)
      #expect(gained > 0 && gained < (before.quantities[agent] ?? 0) - 5000)
    }
  }

  @Test func callsCountOnceTheyAreOver() async throws {
    let company = Company.empty(today: today)
    company.addCalls(1, agent: "a", seconds: 600, at: noon)
    try await simulating(company) { simulator, clock in
      let path = "/v1/usage/by-agent?period=week"
      clock.advance(by: 599)
      #expect(try await simulator.phoneRows(path).isEmpty)
      clock.advance(by: 1)
      #expect(try await simulator.phoneRows(path).first?["totalSeconds"] as? Int == 600)
      // Retracted: the call goes, the webhook that told of it does not.
      company.retract(1, agent: "a", provider: .agentphone, on: today, at: clock.now())
      #expect(try await simulator.phoneRows(path).first?["calls"] as? Int == 0)
      let stats = try await simulator.phone("/v1/usage").json["stats"] as? [String: Int]
      #expect((stats?["totalCalls"], stats?["totalWebhookDeliveries"]) == (0, 1))
    }
  }
}
