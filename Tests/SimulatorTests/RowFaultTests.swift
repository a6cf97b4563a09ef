import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Faults within the rows, in CSV and in JSON.
struct RowFaultTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    for (index, id) in ["a", "b", "c"].enumerated() {
      company.addAgent(id: id, name: "Agent \(id)", provider: .langdock)
      company.addMessages(10 * (index + 1), agent: id, at: noon)
      company.addAgent(id: id, name: "Agent \(id)", provider: .agentphone)
      company.addTexts(10 * (index + 1), agent: id, at: noon)
    }
    return company
  }

  /// The answers of one fault: an agent export as CSV and JSON, and AgentPhone's by-agent.
  private func answers(
    _ fault: Fault,
    _ check:
      @Sendable (_ csv: RawClient.Response, _ json: RawClient.Response, _ phone: RawClient.Response) throws -> Void
  ) async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(fault, at: .langdock)
      simulator.faults.inject(fault, at: .agentPhone)
      try check(
        try await simulator.download("agents"), try await simulator.export("/export/agents/json"),
        try await simulator.phone("/v1/usage/by-agent?period=year"))
    }
  }

  private static func counts(_ answer: RawClient.Response) -> [Any?] {
    (answer.json["data"] as? [[String: Any]] ?? []).map { $0["messages"] }
  }

  @Test func badIDsAndNames() async throws {
    try await answers(.invalidUTF8InID) { csv, json, phone in
      for answer in [csv, json, phone] {
        #expect(String(validating: answer.body, as: UTF8.self) == nil)
        #expect(answer.body.firstRange(of: [0x61, 0xC3, 0x28, 0xFF]) != nil)
      }
      #expect(csvRows(csv.text).count == 3)
    }
    try await answers(.invalidUTF8InName) { csv, json, phone in
      for answer in [csv, json, phone] { #expect(String(validating: answer.body, as: UTF8.self) == nil) }
      #expect(csvRows(csv.text).first?["assistant_id"] == "a")
    }
    try await answers(.emptyID) { csv, _, phone in
      #expect(csvRows(csv.text).map { $0["assistant_id"] } == ["", "b", "c"])
      #expect((phone.json["data"] as? [[String: Any]])?.first?["agentId"] as? String == "")
    }
  }

  @Test func badCounts() async throws {
    let expected: [(Fault, String)] = [
      (.negativeCount, "-5"), (.nonNumericCount, "n/a"), (.hugeCount, "9007199254740993"),
      (.overflowingCount, "99999999999999999999999"),
    ]
    for (fault, text) in expected {
      try await answers(fault) { csv, json, phone in
        #expect(csvRows(csv.text).map { $0["messages"] } == [text, "20", "30"])
        let cell = "\"messages\":" + (text == "n/a" ? "\"n/a\"" : text)
        #expect(json.text.contains(cell) && phone.text.contains(cell))
      }
    }
    try await answers(.restated(percent: 90)) { csv, json, _ in
      #expect(csvRows(csv.text).map { $0["messages"] } == ["9", "18", "27"])
      #expect(Self.counts(json) as? [Int] == [9, 18, 27])
    }
  }

  @Test func columns() async throws {
    try await answers(.missingIDColumn) { csv, _, phone in
      #expect(csvRows(csv.text).allSatisfy { $0["assistant_id"] == nil && $0["messages"] != nil })
      #expect(!phone.text.contains("agentId"))
    }
    try await answers(.missingCountColumn) { csv, _, phone in
      #expect(csvRows(csv.text).allSatisfy { $0["messages"] == nil })
      #expect(!phone.text.contains("\"messages\""))
    }
    try await answers(.reorderedColumns) { csv, json, _ in
      #expect(parseCSV(csv.text).first?.last == "period_start")
      #expect(csvRows(csv.text).map { $0["messages"] } == ["10", "20", "30"])
      #expect(Self.counts(json) as? [Int] == [10, 20, 30])
    }
    try await answers(.extraColumns) { csv, _, _ in
      let rows = csvRows(csv.text)
      #expect(rows.map { $0["messages"] } == ["10", "20", "30"])
      #expect(rows.first?["notes"] == "new, \"quoted\"\nand on two lines")
    }
    try await answers(.duplicateRow) { csv, json, _ in
      #expect(csvRows(csv.text).map { $0["messages"] } == ["10", "20", "30", "10"])
      #expect((json.json["metadata"] as? [String: Any])?["recordCount"] as? Int == 4)
    }
  }

  @Test func forms() async throws {
    try await answers(.numbersAsStrings) { csv, json, phone in
      #expect(csv.text.contains("\"10\""))
      #expect(Self.counts(json) as? [String] == ["10", "20", "30"])
      #expect(Self.counts(phone) as? [String] == ["10", "20", "30"])
    }
    try await answers(.byteOrderMark) { csv, json, phone in
      for answer in [csv, json, phone] { #expect(answer.body.prefix(3) == [0xEF, 0xBB, 0xBF]) }
    }
    try await answers(.carriageReturns) { csv, _, _ in
      #expect(csv.text.components(separatedBy: "\r\n").count == 5)
      #expect(csvRows(csv.text).count == 3)
    }
    try await answers(.raggedLastRow) { csv, _, _ in
      let records = parseCSV(csv.text)
      #expect(records.count == 4 && csv.complete)
      #expect((records.last?.count ?? 0) < records[0].count / 2 + 1)
    }
    try await answers(.errorTrailer) { csv, _, _ in
      #expect(csv.text.hasSuffix("\nERROR: canceling statement due to statement timeout\n"))
    }
    try await answers(.recordCountTooLarge(by: 2)) { _, json, _ in
      #expect((json.json["metadata"] as? [String: Any])?["recordCount"] as? Int == 5)
    }
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.recordCountTooLarge(by: 2), at: .langdock)
      let data = try await simulator.export("/export/agents/csv").json["data"] as? [String: Any]
      #expect(data?["recordCount"] as? Int == 5)
    }
  }

  @Test func dates() async throws {
    try await answers(.datedOutsideWindow) { csv, json, phone in
      #expect(csvRows(csv.text).first?["period_start"] == "2026-11-09")
      #expect(json.text.contains("\"period_end\":\"2026-11-09\""))
      #expect(phone.json["periodStart"] as? String == "2025-12-22T00:00:00Z")
    }
    try await answers(.datedInFuture) { csv, _, phone in
      #expect(csvRows(csv.text).first?["period_start"] == "2026-11-29")
      #expect(phone.json["periodStart"] as? String == "2026-11-29T00:00:00Z")
    }
  }

  @Test func severalAtOnceAndOnTheDownload() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.byteOrderMark, at: .langdockStorage)
      simulator.faults.inject(.negativeCount, at: .langdockStorage)
      let spoiled = try await simulator.download("agents")
      #expect(spoiled.body.prefix(3) == [0xEF, 0xBB, 0xBF])
      #expect(spoiled.text.contains(",-5,"))
    }
  }

  @Test func accountStatsAreSpoiledToo() async throws {
    try await simulating(company()) { simulator, _ in
      simulator.faults.inject(.missingCountColumn, at: .agentPhone, path: "/v1/usage", times: 1)
      let stats = try await simulator.phone("/v1/usage").json["stats"] as? [String: Int]
      #expect(stats?["totalMessages"] == nil && stats?["totalCalls"] == 0)
      simulator.faults.inject(.restated(percent: 50), at: .agentPhone, times: 1)
      let half = try await simulator.phone("/v1/usage").json["stats"] as? [String: Int]
      #expect(half?["totalMessages"] == 30)
    }
  }
}
