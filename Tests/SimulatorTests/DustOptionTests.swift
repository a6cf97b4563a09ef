import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Older, newer and odd deployments of Dust.
struct DustOptionTests {
  private func columns(_ simulator: Simulator, _ table: String) async throws -> [String] {
    parseCSV(try await simulator.dust(table, sceneDays, format: "csv").text).first ?? []
  }

  @Test func olderDeploymentsKnowFewerTables() async throws {
    try await simulating(dustScene(), { $0.dust.tables = [.agents, .source] }) { simulator, _ in
      #expect(try await simulator.dust("agents").status == 200)
      let unknown = try await simulator.dust("feedback")
      #expect((unknown.status, unknown.dustError["type"]) == (400, "invalid_request_error"))
    }
    try await simulating(dustScene(), { $0.dust.csvOnly = true }) { simulator, _ in
      let answer = try await simulator.dust("source", sceneDays)
      #expect(answer.headers["content-type"] == "text/csv" && answer.text.hasPrefix("date,source,"))
    }
  }

  @Test func columnsComeAndGo() async throws {
    let older: (inout Simulator.Configuration) -> Void = {
      $0.dust.creditsColumn = false
      $0.dust.userIDColumn = false
      $0.dust.userStatusColumns = false
      $0.dust.messageDetailColumns = false
    }
    try await simulating(dustScene(), older) { simulator, _ in
      #expect(try await columns(simulator, "agents").count == 12)
      let users = try await columns(simulator, "users")
      #expect(users == ["userName", "userEmail", "messageCount", "lastMessageSent", "activeDaysCount", "groups"])
      let messages = try await columns(simulator, "messages")
      let first = [
        "messageId", "createdAt", "assistantId", "assistantName", "assistantSettings", "conversationId", "userId",
        "userEmail", "source",
      ]
      #expect(messages == first)
      #expect(Set(try await simulator.dustRows("messages", sceneDays).first.map { Array($0.keys) } ?? []) == Set(first))
    }
    let newer: (inout Simulator.Configuration) -> Void = {
      $0.dust.unknownColumn = true
      $0.dust.reversedColumns = true
      $0.dust.feedbackConversationID = true
      $0.dust.creditsDirect = true
      $0.dust.editorSeparator = ","
    }
    try await simulating(dustScene(), newer) { simulator, _ in
      #expect(try await columns(simulator, "source") == ["carbonGrams", "messageCount", "source", "date"])
      #expect(try await columns(simulator, "feedback").count == 12)
      #expect(try await columns(simulator, "feedback").contains("conversationId"))
      let agents = csvRows(try await simulator.dust("agents", sceneDays, format: "csv").text)
      #expect(agents[0]["editorEmails"] == "user-1@grueneberg.example,ana@grueneberg.example")
      #expect(agents[0]["messages"] == "2")
      let lines = csvRows(try await simulator.consumption(sceneDays, format: "csv").unchunkedText)
      #expect(lines[0]["creditsDirect"] == "0.00" && lines[0]["creditsAction"] == nil)
      #expect(lines[0]["totalCredits"] == "1.24" && lines[0]["carbonGrams"] == "7")
    }
  }

  @Test func messagesOfTheNewIndexAreBilledOnes() async throws {
    try await simulating(dustScene(), { $0.dust.messagesFromConsumptionIndex = true }) { simulator, _ in
      let rows = try await simulator.dustRows("messages", sceneDays)
      #expect(rows.count == 6)
      #expect(rows.first?["skillsUsed"] as? String == "skl_1,skl_2")
      let ids = rows.compactMap { $0["messageId"] as? String }
      #expect(ids == ids.sorted())
    }
  }

  @Test func onlyTheMostFrequentOriginsAreTold() async throws {
    let company = Company.empty(today: today)
    for number in 10..<35 {
      company.addDustMessages(number, agent: "a", at: moment("2026-11-19T08:00:00"), .init { $0.origin = "o\(number)" })
    }
    try await simulating(company) { simulator, _ in
      let rows = try await simulator.dustRows("source")
      #expect(rows.compactMap { $0["source"] as? String } == (15..<35).map { "o\($0)" })
      let told = Truth.dustUses(rows, .source, "source", "messageCount")
      #expect(told == company.dustSourceTruth(DaySpan(today), at: noon))
    }
  }

  /// The deprecated endpoint, where it is still alive.
  @Test func workspaceUsage() async throws {
    try await simulating(dustScene(), { $0.dust.workspaceUsageAlive = true }) { simulator, _ in
      let month = "mode=month&start=2026-11"
      let assistants = try await simulator.workspaceUsage("table=assistants&\(month)")
      #expect(assistants.headers["content-disposition"] == "attachment; filename=\"assistants.csv\"")
      #expect(
        assistants.text == #"""
          name,description,settings,modelId,providerId,authorEmails,messages,distinctUsersReached,\#
          distinctConversations,lastEdit
          SupportBot,"Answers tickets, ""politely""",published,gpt-5.2,openai,\#
          "[""user-1@grueneberg.example""]",2,1,1,2026-11-02

          """#)
      let rows = try await simulator.workspaceUsage("table=users&\(month)&format=json").rows
      #expect(rows.map { $0["messageCount"] as? String } == ["2", "1"])
      let all = try await simulator.workspaceUsage("table=users&\(month)&format=json&includeInactive=true").rows
      #expect(all.map { $0["messageCount"] as? String } == ["2", "1", "0"])
      let messages = csvRows(try await simulator.workspaceUsage("table=assistant_messages&\(month)").text)
      #expect(messages.map { $0["assistant_id"] } == ["a1", "a1", "dust", "d1", "d1", "d1"])
      #expect(messages.first?["createdAt"] == "2026-11-17T08:00:00.000Z")
      let feedback = csvRows(try await simulator.workspaceUsage("table=feedback&\(month)").text)
      #expect(feedback.map { $0["content"] } == ["Wrong \"SLA\",\\nplease check", "+1"])
      let builders = csvRows(try await simulator.workspaceUsage("table=builders&\(month)").text)
      #expect(builders.map { $0["agentsEditionsCount"] } == ["3"])
    }
  }

  @Test func workspaceUsageOfRangesAndNothing() async throws {
    try await simulating(dustScene(), { $0.dust.workspaceUsageAlive = true }) { simulator, _ in
      func ids(_ query: String) async throws -> [String?] {
        csvRows(try await simulator.workspaceUsage(query).text).map { $0["assistant_id"] ?? $0["agentConfigurationId"] }
      }
      let span = "mode=range&start=2026-11-17&end=2026-11-18"
      #expect(try await ids("table=assistant_messages&\(span)") == ["a1", "a1", "dust"])
      // The last day is missing where raw instants are compared.
      #expect(try await ids("table=feedback&\(span)") == ["a1"])
      let empty = "table=assistant_messages&mode=range&start=2026-01&end=2026-02"
      let text = try await simulator.workspaceUsage(empty)
      #expect((text.status, text.text) == (200, "No data available for the selected period."))
      #expect(try await simulator.workspaceUsage(empty + "&format=json").text == "[]")
      for query in ["mode=month&start=2026-11", "table=users&start=2026-11", "table=users&mode=range&start=2026-11"] {
        #expect(try await simulator.workspaceUsage(query).status == 400)
      }
    }
    let forbidden: (inout Simulator.Configuration) -> Void = {
      $0.dust.workspaceUsageAlive = true
      $0.dust.usageDataEnabled = false
    }
    try await simulating(dustScene(), forbidden) { simulator, _ in
      let answer = try await simulator.workspaceUsage("table=users&mode=month&start=2026-11")
      #expect((answer.status, answer.dustError["type"]) == (403, "workspace_auth_error"))
      #expect(answer.dustError["message"] == "The workspace does not have access to the usage data API.")
    }
  }
}
