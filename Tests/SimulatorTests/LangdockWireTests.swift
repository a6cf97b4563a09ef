import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The interface to the letter: routes, credentials, windows, refusals.
struct LangdockWireTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    company.addAgent(id: "a1", name: "First", provider: .langdock)
    company.addMessages(3, agent: "a1", at: moment("2026-11-19T08:00:00"))
    return company
  }

  @Test(arguments: ["/export/agents", "/export/agents/csv", "/api/public/export/assistants", "/export/assistants/csv"])
  func csvEnvelope(_ route: String) async throws {
    try await simulating(company()) { simulator, _ in
      let answer = try await simulator.export(route)
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
      #expect(Set(answer.json.keys) == ["success", "data"])
      let data = try #require(answer.json["data"] as? [String: Any])
      #expect(Set(data.keys) == ["filePath", "downloadUrl", "dataType", "recordCount", "dateRange"])
      #expect(data["recordCount"] as? Int == 1)
      #expect(data["dataType"] as? String == (route.contains("agents") ? "agents" : "assistants"))
      #expect(
        data["dateRange"] as? [String: String] == [
          "from": "2026-11-19T00:00:00.000Z", "to": "2026-11-19T23:59:59.999Z",
        ])
      let path = try #require(data["filePath"] as? String)
      #expect(path.hasSuffix(".csv") && path.contains("-usage/ws_grueneberg/"))
      let url = try #require(data["downloadUrl"] as? String)
      #expect(url.hasPrefix(simulator.langdockStorageURL) && url.contains("X-Amz-Signature="))
    }
  }

  @Test func jsonRoute() async throws {
    try await simulating(company()) { simulator, _ in
      let answer = try await simulator.export("/export/api-keys/json")
      #expect(answer.status == 404)
      let agents = try await simulator.export("/api/public/export/agents/json")
      #expect(Set(agents.json.keys) == ["success", "data", "metadata"])
      #expect(agents.json["success"] as? Bool == true)
      let metadata = agents.json["metadata"] as? [String: Any]
      #expect(metadata?["dataType"] as? String == "agents")
      #expect(metadata?["recordCount"] as? Int == 1)
      let row = try #require((agents.json["data"] as? [[String: Any]])?.first)
      #expect(row["period_start"] as? String == "2026-11-19")
      #expect(row["assistant_name"] as? String == "First")
      #expect(row["messages"] as? Int == 3)
    }
  }

  @Test func credentials() async throws {
    try await simulating(company()) { simulator, _ in
      let unauthorized = "{\"error\":\"Unauthorized\",\"message\":\"Invalid or missing API key\"}"
      for headers in [[:], ["Authorization": "Bearer wrong"], ["Authorization": simulator.langdockKey]] {
        let answer = try await simulator.export("/export/agents/csv", headers: headers)
        #expect(answer.status == 401)
        #expect(answer.text == unauthorized)
      }
      let scopeless = try await simulator.export(
        "/export/agents/csv", headers: ["Authorization": "Bearer sk-ld-without-scope"])
      #expect(scopeless.status == 403)
      #expect(Set(scopeless.json.keys) == ["error", "message"])
      let browser = try await simulator.export(
        "/export/agents/csv",
        headers: ["Authorization": "Bearer \(simulator.langdockKey)", "Origin": "https://example.com"])
      #expect(browser.status == 403)
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"from\":{\"date\":\"2026-11-19T00:00:00.000Z\"},\"to\":{}}",
    // An offset, a zone that is none, no time of day, and a window that runs backwards.
    window("2026-11-19T00:00:00.000+00:00", "2026-11-19T23:59:59.999Z"),
    window("2026-11-19T00:00:00+0100", "2026-11-19T23:59:59.999Z"),
    window("2026-11-19", "2026-11-19T23:59:59.999Z"),
    window("2026-02-30T00:00:00.000Z", "2026-11-19T23:59:59.999Z"),
    window("2026-11-19T24:00:00.000Z", "2026-11-20T23:59:59.999Z"),
    window("2026-11-19T00:00:00.000Z", "2026-11-19T23:59:59.999Z", "Mars/Olympus"),
    window("2026-11-19T00:00:00.000Z", "2026-11-19T23:59:59.999Z", "CEST"),
    window("2026-11-20T00:00:00.000Z", "2026-11-19T23:59:59.999Z"),
  ])
  func badRequests(_ body: String) async throws {
    try await simulating(company()) { simulator, _ in
      let answer = try await simulator.export("/export/agents/csv", body: body)
      #expect(answer.status == 400)
      #expect(Set(answer.json.keys) == ["error", "message"])
    }
  }

  @Test func emptyWindows() async throws {
    try await simulating(company()) { simulator, clock in
      let empty = "{\"error\":\"No data found\",\"message\":\"No usage data found for the selected period\"}"
      for span in [DaySpan("2026-11-18", "2026-11-18"), DaySpan("2026-12-01", "2026-12-02")] {
        let answer = try await simulator.export("/export/agents/json", span)
        #expect(answer.status == 404)
        #expect(answer.text == empty)
      }
      // Older than twelve months: gone.
      clock.set(moment("2027-11-21T12:00:00"))
      #expect(try await simulator.export("/export/agents/json").status == 404)
      #expect(try await simulator.export("/export/workflows/json").json["error"] as? String == "Not Found")
      let get = try await RawClient.send(
        "GET", simulator.langdockURL + "/export/agents",
        headers: ["Authorization": "Bearer \(simulator.langdockKey)"])
      #expect(get.status == 404)
    }
  }

  @Test func tooLarge() async throws {
    try await simulating(company(), { $0.langdock.rowLimit = 2 }) { simulator, _ in
      let answer = try await simulator.export("/export/projects/json")
      #expect(answer.status == 400)
      #expect(
        answer.text == "{\"error\":\"Export too large\",\"message\":\"Export too large: 3 rows exceeds limit of 2. "
          + "Please narrow the date range.\"}")
    }
  }

  @Test func rateLimit() async throws {
    try await simulating(company(), { $0.langdock.requestsPerMinute = 2 }) { simulator, clock in
      clock.set(moment("2026-11-19T12:00:20"))
      for _ in 0..<2 { #expect(try await simulator.export("/export/agents/json").status == 200) }
      let refused = try await simulator.export("/export/agents/json")
      #expect(refused.status == 429)
      #expect(refused.headers["retry-after"] == "40")
      clock.advance(by: 40)
      #expect(try await simulator.export("/export/agents/json").status == 200)
    }
  }

  @Test(arguments: [
    ("users", "model", 200), ("agents", "model", 200), ("assistants", "model", 200), ("models", "source", 200),
    ("models", "deployment", 200), ("models", "model", 400), ("agents", "source", 400), ("projects", "model", 400),
    ("users", "day", 400),
  ])
  func groupBy(_ table: String, _ group: String, _ status: Int) async throws {
    try await simulating(company()) { simulator, _ in
      let answer = try await simulator.export("/export/\(table)/json", groupBy: group)
      #expect(answer.status == status)
      guard status == 200 else { return }
      let row = try #require((answer.json["data"] as? [[String: Any]])?.first)
      #expect(row[group] != nil)
    }
    try await simulating(company(), { $0.langdock.ownKeys = false }) { simulator, _ in
      let answer = try await simulator.export("/export/\(table)/json", groupBy: group)
      #expect(answer.status == (group == "deployment" ? 400 : status))
    }
  }

  /// A local day is cut where its zone says, whatever the `Z` behind the time pretends.
  @Test func localTime() async throws {
    let company = Company.empty(today: today)
    company.addMessages(1, agent: "a", at: moment("2026-10-24T21:59:59"))
    company.addMessages(10, agent: "a", at: moment("2026-10-24T22:00:00"))
    company.addMessages(100, agent: "a", at: moment("2026-10-25T22:59:59"))
    company.addMessages(1000, agent: "a", at: moment("2026-10-25T23:00:00"))
    try await simulating(company) { simulator, _ in
      // 25 hours in Berlin.
      let span = DaySpan(day("2026-10-25"))
      #expect(try await simulator.rows("agents", span, zone: "Europe/Berlin").first?["messages"] as? Int == 110)
      #expect(try await simulator.rows("agents", span).first?["messages"] as? Int == 1100)
      let mixed = window("2026-10-24T23:59:59.001", "2026-10-25T22:59:59.000Z", "Europe/Berlin", "UTC")
      let answer = try await simulator.export("/export/agents/json", body: mixed)
      #expect((answer.json["data"] as? [[String: Any]])?.first?["messages"] as? Int == 110)
    }
  }
}

private func window(_ from: String, _ to: String, _ zone: String = "UTC", _ other: String? = nil) -> String {
  "{\"from\":{\"date\":\"\(from)\",\"timezone\":\"\(zone)\"},\"to\":{\"date\":\"\(to)\",\"timezone\":\"\(other ?? zone)\"}}"
}
