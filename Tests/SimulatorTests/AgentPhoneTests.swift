import Foundation
import Simulator
import TestSupport
import Testing
import Usage

struct AgentPhoneTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    company.addNumber(id: "n1", number: "+12025550100", agent: "a1")
    company.addNumber(id: "n2", number: "+12025550101")
    company.addAgent(id: "a1", name: "Support", provider: .agentphone)
    company.addTexts(3, agent: "a1", number: "n1", at: noon, segments: 2)
    company.addTexts(1, agent: nil, number: "n2", at: noon, webhook: .failed)
    company.addCalls(2, agent: "a1", number: "n1", seconds: 60, at: moment("2026-11-19T11:00:00"))
    company.addCalls(1, agent: "a1", number: "n1", seconds: 0, completed: false, at: noon, webhook: .none)
    return company
  }

  @Test func usageInThreeShapes() async throws {
    let stats: Set = [
      "totalMessages", "messagesLast24h", "messagesLast7d", "messagesLast30d", "totalCalls", "callsLast24h",
      "callsLast7d", "callsLast30d", "totalWebhookDeliveries", "successfulWebhookDeliveries",
      "failedWebhookDeliveries",
    ]
    try await simulating(company()) { simulator, _ in
      let newest = try await simulator.phone("/v1/usage").json
      #expect(Set(newest.keys) == ["numbers", "stats", "periodStart", "periodEnd", "reportGeneratedAt"])
      let counts = try #require(newest["stats"] as? [String: Int])
      #expect(Set(counts.keys) == stats.union(["smsSegmentsLast30d"]))
      #expect((counts["totalMessages"], counts["totalCalls"], counts["smsSegmentsLast30d"]) == (4, 3, 7))
      #expect((counts["totalWebhookDeliveries"], counts["failedWebhookDeliveries"]) == (6, 1))
      #expect(newest["numbers"] as? [String: Int] == ["used": 2, "limit": 15, "remaining": 13])
      #expect(newest["reportGeneratedAt"] as? String == "2026-11-19T12:00:00Z")
    }
    try await simulating(company(), { $0.agentPhone.usageShape = .planNameOnly }) { simulator, _ in
      let middle = try await simulator.phone("/v1/usage").json
      #expect(Set(middle.keys) == ["plan", "numbers", "stats"])
      #expect(middle["plan"] as? [String: String] == ["name": "payg"])
      #expect(Set((middle["stats"] as? [String: Int] ?? [:]).keys) == stats)
    }
    try await simulating(company(), { $0.agentPhone.usageShape = .planWithLimits }) { simulator, _ in
      let oldest = try await simulator.phone("/v1/usage").json
      #expect(Set(oldest.keys) == ["plan", "numbers", "stats", "periodStart", "periodEnd"])
      let limits = (oldest["plan"] as? [String: Any])?["limits"] as? [String: Int]
      #expect(
        Set((limits ?? [:]).keys) == [
          "numbers", "messagesPerMonth", "voiceMinutesPerMonth", "maxCallDurationMinutes", "concurrentCalls",
        ])
    }
  }

  @Test func dailyAndMonthly() async throws {
    try await simulating(company()) { simulator, _ in
      let daily = try await simulator.phone("/v1/usage/daily?days=2").json
      #expect(daily["days"] as? Int == 2)
      let rows = try #require(daily["data"] as? [[String: Any]])
      #expect(rows.map { $0["date"] as? String } == ["2026-11-18", "2026-11-19"])
      #expect(rows.map { $0["messages"] as? Int } == [0, 4])
      #expect(rows[1]["calls"] as? Int == 3 && rows[1]["webhooks"] as? Int == 6)
      #expect(try await simulator.phoneRows("/v1/usage/daily").count == 30)
      let monthly = try await simulator.phone("/v1/usage/monthly?months=13").json
      let months = try #require(monthly["data"] as? [[String: Any]])
      #expect(monthly["months"] as? Int == 13)
      #expect((months.first?["month"] as? String, months.last?["month"] as? String) == ("2025-11", "2026-11"))
      #expect(months.last?["messages"] as? Int == 4)
      #expect(try await simulator.phoneRows("/v1/usage/monthly").count == 6)
    }
    try await simulating(company(), { $0.agentPhone.voiceMinutes = true }) { simulator, _ in
      let row = try await simulator.phoneRows("/v1/usage/daily?days=1").first
      #expect(Set((row ?? [:]).keys) == ["date", "messages", "calls", "voiceMinutes"])
      #expect(row?["voiceMinutes"] as? Int == 2)
    }
  }

  @Test func byNumber() async throws {
    try await simulating(company()) { simulator, _ in
      let rows = try await simulator.phoneRows("/v1/usage/by-number")
      #expect(rows.map { $0["numberId"] as? String } == ["n1", "n2"])
      let keys: Set = ["numberId", "phoneNumber", "country", "status", "messages", "calls", "agentId", "agentName"]
      #expect(rows.allSatisfy { Set($0.keys) == keys })
      #expect((rows[0]["messages"] as? Int, rows[0]["calls"] as? Int) == (3, 3))
      #expect(rows[0]["agentName"] as? String == "Support")
      #expect(rows[1]["agentId"] is NSNull && rows[1]["agentName"] is NSNull)
    }
  }

  @Test func byAgent() async throws {
    try await simulating(company()) { simulator, _ in
      let answer = try await simulator.phone("/v1/usage/by-agent?period=month&tz=America%2FNew_York").json
      #expect(Set(answer.keys) == ["data", "period", "periodStart", "periodEnd"])
      #expect(answer["period"] as? String == "month")
      // The clocks go back on the first of November 2026.
      #expect(answer["periodStart"] as? String == "2026-11-01T00:00:00-04:00")
      #expect(answer["periodEnd"] as? String == "2026-11-30T23:59:59-05:00")
      let rows = try #require(answer["data"] as? [[String: Any]])
      #expect(rows.count == 2)
      #expect(rows[0]["agentId"] as? String == "a1" && rows[0]["isOrphan"] as? Bool == false)
      #expect((rows[0]["calls"] as? Int, rows[0]["totalSeconds"] as? Int) == (2, 120))
      #expect(rows[1]["agentId"] is NSNull && rows[1]["isOrphan"] as? Bool == true)
      #expect(rows[1]["agentName"] as? String == "Unassigned")
      let week = try await simulator.phone("/v1/usage/by-agent?period=week").json
      #expect(week["periodStart"] as? String == "2026-11-16T00:00:00Z")
      #expect(week["periodEnd"] as? String == "2026-11-22T23:59:59Z")
    }
    let odd: (inout Simulator.Configuration) -> Void = {
      $0.agentPhone.weekStartsOnSunday = true
      $0.agentPhone.periodStamps = .localWithZ
      $0.agentPhone.listsIdleAgents = true
    }
    let company = company()
    company.addAgent(id: "idle", name: "Idle", provider: .agentphone)
    try await simulating(company, odd) { simulator, _ in
      let week = try await simulator.phone("/v1/usage/by-agent?period=week&tz=Asia/Tokyo").json
      #expect(week["periodStart"] as? String == "2026-11-15T00:00:00Z")
      #expect(
        (week["data"] as? [[String: Any]])?.map { $0["agentName"] as? String } == ["Support", "Idle", "Unassigned"])
    }
  }

  @Test(arguments: [
    ("/by-agent", "period"), ("/by-agent?period=day", "period"), ("/by-agent?period=week&tz=Nowhere", "tz"),
    ("/daily?days=0", "days"), ("/daily?days=366", "days"), ("/daily?days=many", "days"),
    ("/monthly?months=25", "months"),
  ])
  func unprocessable(_ path: String, _ parameter: String) async throws {
    try await simulating { simulator, _ in
      let answer = try await simulator.phone("/v1/usage" + path)
      #expect(answer.status == 422)
      let detail = try #require((answer.json["detail"] as? [[String: Any]])?.first)
      #expect(Set(detail.keys) == ["loc", "msg", "type"])
      #expect(detail["loc"] as? [String] == ["query", parameter])
    }
  }

  @Test func errorEnvelopes() async throws {
    for (envelope, key) in [
      (AgentPhoneOptions.ErrorEnvelope.nested, "error"), (.detail, "detail"), (.message, "message"),
    ] {
      try await simulating(.empty(today: today), { $0.agentPhone.errorEnvelope = envelope }) { simulator, _ in
        let unauthorized = try await simulator.phone("/v1/usage", headers: ["Authorization": "Bearer no"])
        #expect(unauthorized.status == 401)
        #expect(Array(unauthorized.json.keys) == [key])
        let missing = try await simulator.phone("/v1/usage/by-weather")
        #expect(missing.status == 404)
        #expect(Array(missing.json.keys) == [key])
        if let error = missing.json["error"] as? [String: Any] {
          #expect(Set(error.keys) == ["message", "code", "type", "details"])
        }
      }
    }
  }

  @Test func subAccounts() async throws {
    let other = Company.empty(today: today)
    other.addTexts(9, agent: "b", at: noon)
    try await simulating(company(), { $0.agentPhone.subAccounts = ["sub_1": other] }) { simulator, _ async throws in
      func messages(_ headers: [String: String]) async throws -> Int? {
        let answer = try await simulator.phone("/v1/usage", headers: headers).json
        return (answer["stats"] as? [String: Int])?["totalMessages"]
      }
      #expect(try await messages([:]) == 4)
      #expect(try await messages(["X-Sub-Account-Id": "sub_1"]) == 9)
      #expect(try await simulator.phone("/v1/usage", headers: ["X-Sub-Account-Id": "sub_2"]).status == 404)
      #expect(simulator.log.requests.map(\.subAccount) == [nil, "sub_1", "sub_2"])
    }
  }
}
