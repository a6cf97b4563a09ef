import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Dust's tables of single events to the letter, and what all tables do about empty windows and time zones.
struct DustLogWireTests {
  private func bodies(
    _ table: String, _ check: @Sendable (_ csv: RawClient.Response, _ json: RawClient.Response) throws -> Void
  ) async throws {
    try await simulating(dustScene()) { simulator, _ in
      try check(
        try await simulator.dust(table, sceneDays, format: nil), try await simulator.dust(table, sceneDays))
    }
  }

  @Test func messages() async throws {
    try await bodies("messages") { csv, json in
      #expect(
        csv.text.hasPrefix(
          """
          messageId,createdAt,assistantId,assistantName,assistantSettings,assistantTags,conversationId,\
          parentMessageId,userId,userEmail,source,toolsUsed,skillsUsed,modelId,modelProviderId,\
          modelResolutionMethod,credits
          """))
      let rows = json.rows
      // Drafts and failed messages are here, too.
      let credits = rows.map { $0["credits"] as? Int }
      #expect(rows.map { $0["assistantId"] as? String } == ["a1", "a1", "dust", "d1", "d1", "d1", "a1"])
      #expect(credits == [2, 2, 1, 0, 0, 0, 0])
      #expect(Set(rows.map { $0["messageId"] as? String }).count == 7)
      var first = try #require(rows.first).mapValues { "\($0)" }
      for name in ["messageId", "parentMessageId", "conversationId"] { first[name] = nil }
      #expect(
        first == [
          "createdAt": "2026-11-17 08:00:00", "assistantId": "a1", "assistantName": "SupportBot",
          "assistantSettings": "published", "assistantTags": "prod,support", "userId": "ana",
          "userEmail": "ana@grueneberg.example", "source": "web",
          "toolsUsed": "search__cat,search__semantic_search", "skillsUsed": "Refund policy", "modelId": "gpt-5.2",
          "modelProviderId": "openai", "modelResolutionMethod": "explicit", "credits": "2",
        ])
      #expect(rows[3]["source"] as? String == "unknown" && rows[3]["userId"] as? String == "")
      #expect(rows[3]["modelId"] as? String == "" && rows[3]["assistantSettings"] as? String == "draft")
    }
  }

  @Test func feedback() async throws {
    try await bodies("feedback") { csv, json in
      let rows = csvRows(csv.text)
      let (id, other) = (rows[0]["feedbackId"] ?? "", rows[1]["feedbackId"] ?? "")
      let url = try #require(json.rows[1]["conversationUrl"] as? String)
      #expect(url.hasPrefix("https://dust.tt/w/") && id != other && Int(id) != nil)
      #expect(
        csv.text == """
          feedbackId,createdAt,assistantId,assistantName,conversationUrl,userId,userEmail,thumb,content,dismissed
          \(id),2026-11-17 09:00:00,a1,SupportBot,,ana,ana@grueneberg.example,down,"Wrong ""SLA"",
          please check",false
          \(other),2026-11-18 09:00:00,dust,dust,\(url),,,up,'+1,true

          """)
      #expect(json.text.contains("\"content\":\"Wrong \\\"SLA\\\",\\nplease check\",\"dismissed\":\"false\"}"))
      #expect(json.rows[1]["content"] as? String == "+1")
    }
  }

  /// Without any usage: no rows, but agents, members and skills are there all the same.
  @Test func emptyWindows() async throws {
    try await simulating(dustScene()) { simulator, _ in
      for span in [DaySpan("2025-01-01", "2025-01-02"), DaySpan("2026-12-01", "2026-12-02")] {
        for table in ["usage_metrics", "active_users", "source", "skill_usage", "tool_usage", "messages", "feedback"] {
          #expect(try await simulator.dust(table, span).text == "[]")
          let csv = try await simulator.dust(table, span, format: "csv")
          #expect(csv.text.split(separator: "\n").count == 1 && csv.text.hasSuffix("\n"))
        }
        let agents = try await simulator.dustRows("agents", span)
        // Dust's own only where they were used.
        #expect(agents.map { $0["agentId"] as? String } == ["a1", "a2"])
        #expect(agents.allSatisfy { $0["messages"] as? Int == 0 && $0["credits"] as? Int == 0 })
      }
      #expect(try await simulator.dustRows("users", DaySpan("2026-12-01", "2026-12-02")).count == 3)
    }
  }

  /// A local day is cut by its zone, also where it has 25 hours.
  @Test func zones() async throws {
    let company = Company.empty(today: today)
    for (count, time) in [(1, "24T21:59:59"), (10, "24T22:00:00"), (100, "25T22:59:59"), (1000, "25T23:00:00")] {
      company.addDustMessages(count, agent: "a", at: moment("2026-10-" + time))
    }
    try await simulating(company) { simulator, _ in
      let span = DaySpan(day("2026-10-25"))
      func messages(_ zone: String?) async throws -> Int? {
        try await simulator.dustRows("usage_metrics", span, zone: zone).first?["messages"] as? Int
      }
      #expect(try await messages("Europe/Berlin") == 110)
      #expect(try await messages(nil) == 1100)
      let rows = try await simulator.dustRows("messages", span, zone: "Europe/Berlin")
      // The old index takes days for UTC days and writes them in local time.
      #expect(rows.count == 1100)
      #expect(rows.first?["createdAt"] as? String == "2026-10-25 23:59:59")
    }
  }
}
