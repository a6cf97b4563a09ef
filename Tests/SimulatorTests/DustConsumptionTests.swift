import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The consumption export: one line for each call, written while it is made.
struct DustConsumptionTests {
  private static let columns =
    "completedAt,conversationId,spaceId,agentMessageId,consumptionType,agentId,agentName,agentVersion,agentTagIds,"
    + "agentRootId,agentParentId,agentDepth,modelProviderId,modelId,modelName,modelReasoningEffort,"
    + "modelResolutionMethod,userId,userName,userGroupIds,userGroupNames,triggerId,contextOrigin,apiKeyName,toolName,"
    + "toolServerName,toolDisplayName,toolParentServerName,toolActionId,attributedSkillIds,attributedSkillNames,"
    + "creditsSystem,creditsInput,creditsOutput,creditsReasoning,creditsAction,totalCredits,usageType,status,"
    + "stepIndex,executionTimeMs"

  @Test func csv() async throws {
    try await simulating(dustScene()) { simulator, _ in
      let answer = try await simulator.consumption(sceneDays, format: nil)
      #expect(answer.status == 200 && answer.headers["content-type"] == "text/csv")
      #expect(answer.headers["content-length"] == nil)
      let lines = answer.unchunkedText.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 12 && lines.last == "")
      #expect(lines[0] == Self.columns[...] && lines[0].split(separator: ",").count == 41)
      let rows = csvRows(answer.unchunkedText)
      #expect(rows.map { $0["consumptionType"] }.prefix(3) == ["llm", "tool", "tool"])
      #expect(rows.map { $0["totalCredits"] }.prefix(3) == ["1.24", "0.30", "0.00"])
      #expect(rows[0]["completedAt"] == "2026-11-17T08:00:00.000Z" && rows[0]["modelId"] == "gpt-5.2")
      #expect(rows[1]["toolServerName"] == "search" && rows[1]["attributedSkillIds"] == "skl_1; skl_2")
      #expect(rows[1]["modelId"] == "" && rows[0]["toolServerName"] == "" && rows[0]["executionTimeMs"] == "0")
      #expect(rows.map { $0["usageType"] }.suffix(3) == ["programmatic", "programmatic", "programmatic"])
      // A failed message is not billed.
      #expect(rows.allSatisfy { $0["completedAt"]?.hasPrefix("2026-11-19T09:30") == false })
      let truth = company(simulator).dustConsumptionTruth(sceneDays, at: noon)
      #expect(Truth.dustConsumption(rows) == truth)
    }
  }

  private func company(_ simulator: Simulator) -> Company { simulator.company }

  @Test func ndjson() async throws {
    try await simulating(dustScene()) { simulator, _ in
      let answer = try await simulator.consumption(sceneDays)
      #expect(answer.headers["content-type"] == "application/x-ndjson")
      #expect(answer.lines.count == 10)
      #expect(answer.lines.first?["totalCredits"] as? Double == 1.24)
      #expect(answer.unchunkedText.contains("\"totalCredits\":0.50,\"usageType\":\"user\",\"status\":\"succeeded\""))
      let empty = try await simulator.consumption(DaySpan("2026-10-01", "2026-10-02"))
      #expect(empty.status == 200 && empty.unchunked == [])
      let header = try await simulator.consumption(DaySpan("2026-10-01", "2026-10-02"), format: "csv")
      #expect(header.unchunkedText == Self.columns + "\n")
    }
  }

  /// Half open, to the millisecond.
  @Test func windowsAndFilters() async throws {
    try await simulating(dustScene()) { simulator, _ in
      func count(_ start: String, _ end: String, _ filter: String = "") async throws -> Int {
        let body = "{\"startDate\":\"\(start)\",\"endDate\":\"\(end)\",\"format\":\"ndjson\"\(filter)}"
        return try await simulator.consumption(body: body).lines.count
      }
      #expect(try await count("2026-11-17T08:00:00Z", "2026-11-17T08:00:00.001Z") == 6)
      #expect(try await count("2026-11-17T08:00:00.001Z", "2026-11-17T22:30:00Z") == 0)
      #expect(try await count("2026-11-17T08:00:00.000Z", "2026-11-17T22:30:00.001Z") == 7)
      for (filter, lines) in [
        ("\"agents\":[\"dust\",\"d1\"]", 4), ("\"tools\":[\"search\"]", 4), ("\"users\":[\"bo\"]", 1),
        ("\"models\":[\"gpt-5.2\"],\"sources\":[\"web\"]", 2), ("\"skills\":[]", 10), ("\"api_keys\":[\"script\"]", 3),
      ] {
        let found = try await count("2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z", ",\"filter\":{\(filter)}")
        #expect(found == lines, "\(filter)")
      }
    }
  }

  @Test(arguments: [
    "", "[]", "{\"startDate\":\"2026-11-01T00:00:00Z\"}", body("2026-11-01", "2026-11-02"),
    body("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z"), body("2026-11-02T00:00:00Z", "2026-12-02T00:00:00.001Z"),
    body("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"format\":\"json\""),
    body("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"filter\":{\"colour\":[\"red\"]}"),
  ])
  func badRequests(_ body: String) async throws {
    try await simulating(dustScene()) { simulator, _ in
      let answer = try await simulator.consumption(body: body)
      #expect((answer.status, answer.dustError["type"]) == (400, "invalid_request_error"))
      #expect(answer.dustError["message"]?.hasPrefix("Invalid request body: ") == true)
    }
  }

  @Test func thirtyDaysAndTheFlag() async throws {
    try await simulating(dustScene()) { simulator, _ in
      #expect(try await simulator.consumption(DaySpan("2026-11-01", "2026-11-30")).status == 200)
      let long = try await simulator.consumption(DaySpan("2026-11-01", "2026-12-01"))
      #expect(long.dustError["message"] == "Invalid request body: Time range must not exceed 30 days")
    }
    try await simulating(dustScene(), { $0.dust.consumptionEnabled = false }) { simulator, _ in
      let answer = try await simulator.consumption()
      #expect((answer.status, answer.dustError["type"]) == (403, "feature_flag_not_found"))
      #expect(
        answer.dustError["message"] == "The workspace does not have access to the consumption export API.")
    }
  }

  @Test(arguments: ["csv", "ndjson"])
  func synthetic(_ format: String) async throws {
    let error = "ERROR: Export timed out."
    try await simulating(dustScene(), { $0.dust.syntheticConsumption = (50_000, error) }) { simulator, _ in
      let body = try #require(try await simulator.consumption(format: format).unchunked)
      let text = String(decoding: body, as: UTF8.self)
      #expect(text.hasSuffix("\n\(error)\n"))
      #expect(format == "ndjson" || (300...400).contains(body.count / 50_000))
      let rows: [[String: Any]]
      if format == "csv" {
        rows = csvRows(String(text.dropLast(error.count + 1)))
      } else {
        rows = body.split(separator: 0x0A).dropLast().compactMap {
          (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
        }
      }
      #expect(rows.count == 50_000)
      #expect(Truth.dustConsumption(rows) == syntheticConsumptionTruth(lines: 50_000))
      let times = rows.compactMap { $0["completedAt"] as? String }
      #expect(times == times.sorted() && times.allSatisfy { $0.hasPrefix("2026-11-19T") })
      #expect(Set(rows.compactMap { $0["agentMessageId"] as? String }).count == 50_000)
    }
    try await simulating(dustScene(), { $0.dust.syntheticConsumption = (0, nil) }) { simulator, _ in
      let lines = try await simulator.consumption(format: format).unchunkedText.split(separator: "\n")
      #expect(lines.count == (format == "csv" ? 1 : 0))
      #expect(syntheticConsumptionTruth(lines: 0).quantities.isEmpty)
    }
  }
}

private func body(_ start: String, _ end: String, _ more: String = "") -> String {
  "{\"startDate\":\"\(start)\",\"endDate\":\"\(end)\"\(more)}"
}
