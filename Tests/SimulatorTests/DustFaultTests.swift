import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Every fault falls upon Dust's answers as well.
struct DustFaultTests {
  /// The answers of one fault: the agents in both formats, and the consumption lines.
  private func answers(
    _ fault: Fault,
    _ check:
      @Sendable (_ csv: RawClient.Response, _ json: RawClient.Response, _ lines: RawClient.Response) throws -> Void
  ) async throws {
    try await simulating(dustScene()) { simulator, _ in
      simulator.faults.inject(fault, at: .dust)
      try check(
        try await simulator.dust("agents", sceneDays, format: "csv"), try await simulator.dust("agents", sceneDays),
        try await simulator.consumption(sceneDays, format: "csv"))
    }
  }

  @Test func refusalsInDustsWords() async throws {
    let expected: [(Fault, Int, String)] = [
      (.unauthorized, 401, "invalid_api_key_error"), (.rateLimited(.seconds(7)), 429, "rate_limit_error"),
      (.unavailable(.none), 503, "service_unavailable"),
    ]
    for (fault, status, type) in expected {
      try await answers(fault) { csv, _, lines in
        for answer in [csv, lines] { #expect((answer.status, answer.dustError["type"]) == (status, type)) }
        #expect(csv.headers["retry-after"] == (status == 429 ? "7" : nil))
      }
    }
    try await answers(.html(status: 502)) { csv, _, lines in
      #expect((csv.status, lines.status) == (502, 502) && csv.text.hasPrefix("<!DOCTYPE html>"))
    }
    try await answers(.redirect()) { csv, _, _ in
      #expect(csv.status == 307 && csv.headers["location"]?.hasPrefix("http://localhost:") == true)
    }
  }

  @Test func badIDsAndCounts() async throws {
    try await answers(.invalidUTF8InID) { csv, json, lines in
      for body in [csv.body, json.body, lines.unchunked ?? []] {
        #expect(body.firstRange(of: [0x61, 0xC3, 0x28, 0xFF]) != nil)
      }
    }
    try await answers(.emptyID) { csv, json, lines in
      #expect(csvRows(csv.text).first?["agentId"] == "" && json.rows.first?["agentId"] as? String == "")
      #expect(csvRows(lines.unchunkedText).first?["agentId"] == "")
    }
    for (fault, text) in [
      (Fault.negativeCount, "-5"), (.nonNumericCount, "n/a"), (.hugeCount, "9007199254740993"),
      (.overflowingCount, "99999999999999999999999"),
    ] {
      try await answers(fault) { csv, json, lines in
        #expect(csvRows(csv.text).first?["messages"] == text)
        #expect(json.text.contains("\"messages\":" + (text == "n/a" ? "\"n/a\"" : text)))
        #expect(csvRows(lines.unchunkedText).first?["totalCredits"] == text)
      }
    }
    try await answers(.restated(percent: 50)) { csv, json, lines in
      #expect(csvRows(csv.text).map { $0["messages"] } == ["1", "0", "0"])
      #expect(json.rows.first?["messages"] as? Int == 1)
      #expect(csvRows(lines.unchunkedText).first?["totalCredits"] == "0.62")
    }
  }

  @Test func columnsAndForms() async throws {
    try await answers(.missingIDColumn) { csv, json, lines in
      #expect(!csv.text.contains("agentId,") && !json.text.contains("\"agentId\""))
      #expect(!lines.unchunkedText.contains(",agentId,"))
    }
    try await answers(.missingCountColumn) { csv, json, lines in
      #expect(csvRows(csv.text).allSatisfy { $0["messages"] == nil } && !json.text.contains("\"messages\""))
      #expect(!lines.unchunkedText.contains("totalCredits"))
    }
    try await answers(.reorderedColumns) { csv, json, _ in
      #expect(csv.text.hasPrefix("credits,lastEdit,") && json.text.hasPrefix("[{\"credits\":3,"))
      #expect(csvRows(csv.text).first?["agentId"] == "a1")
    }
    try await answers(.extraColumns) { csv, json, _ in
      #expect(csvRows(csv.text).first?["experimental_flag"] == "true" && json.rows.first?["notes"] != nil)
    }
    try await answers(.duplicateRow) { csv, json, lines in
      #expect(csvRows(csv.text).count == 4 && json.rows.count == 4)
      #expect(csvRows(lines.unchunkedText).count == 11)
    }
    try await answers(.numbersAsStrings) { csv, json, _ in
      #expect(csv.text.contains(",\"2\",\"1\",\"1\",") && json.rows.first?["messages"] as? String == "2")
    }
    try await answers(.byteOrderMark) { csv, json, lines in
      for body in [csv.body, json.body, lines.unchunked ?? []] { #expect(body.prefix(3) == [0xEF, 0xBB, 0xBF]) }
    }
    try await answers(.carriageReturns) { csv, _, lines in
      #expect(csv.text.hasSuffix("\r\n") && lines.unchunkedText.hasSuffix("\r\n"))
      #expect(csvRows(csv.text).count == 3)
    }
    try await answers(.raggedLastRow) { csv, _, lines in
      for text in [csv.text, lines.unchunkedText] {
        let records = parseCSV(text)
        #expect((records.last?.count ?? 0) <= records[0].count / 2)
      }
    }
  }

  @Test func dates() async throws {
    for (fault, date) in [(Fault.datedOutsideWindow, "2026-11-09"), (.datedInFuture, "2026-11-29")] {
      try await simulating(dustScene()) { simulator, _ in
        simulator.faults.inject(fault, at: .dust)
        let rows = try await simulator.dustRows("usage_metrics")
        #expect(rows.first?["date"] as? String == date)
        #expect(try await simulator.consumption().lines.first?["completedAt"] as? String == "\(date)T09:00:00.000Z")
        #expect(try await simulator.dustRows("messages").first?["createdAt"] as? String == "\(date) 09:00:00")
      }
    }
  }

  @Test func lateErrors() async throws {
    for format in ["csv", "ndjson"] {
      try await simulating(dustScene()) { simulator, _ in
        let whole = try await simulator.consumption(sceneDays, format: format)
        simulator.faults.inject(.lateError(), at: .dust, times: 1)
        let late = try await simulator.consumption(sceneDays, format: format)
        #expect(late.status == 200 && late.unchunkedText == whole.unchunkedText + "ERROR: Export timed out.\n")
        simulator.faults.inject(.lateError(line: "ERROR: Internal server error."), at: .dust, times: 1)
        let other = try await simulator.consumption(sceneDays, format: format)
        #expect(other.unchunkedText == whole.unchunkedText + "ERROR: Internal server error.\n")
      }
    }
  }

  /// Also of answers whose length is not told.
  @Test func cutsAndGzip() async throws {
    try await simulating(dustScene()) { simulator, _ in
      let whole = try #require(try await simulator.consumption(sceneDays).unchunked)
      simulator.faults.inject(.connectionCut(keeping: 0.5), at: .dust, times: 2)
      let cut = try await simulator.consumption(sceneDays)
      #expect(cut.status == 200 && cut.unchunked == nil && cut.body.count < whole.count)
      #expect(cut.body.count > whole.count / 3)
      #expect(try await simulator.dust("agents", sceneDays).complete == false)
      simulator.faults.inject(.bodyCut(keeping: 0.5), at: .dust, times: 1)
      #expect(try await simulator.consumption(sceneDays).unchunked == Array(whole.prefix(whole.count / 2)))
      simulator.faults.inject(.gzip, at: .dust, times: 1)
      let packed = try await simulator.consumption(sceneDays)
      #expect(packed.headers["content-encoding"] == "gzip" && packed.unchunked?.prefix(2) == [0x1F, 0x8B])
      #expect(packed.unchunked?.firstRange(of: whole.prefix(40)) != nil)
      simulator.faults.inject(.gzipBomb(expandedBytes: 1_000_000), at: .dust, times: 1)
      #expect(try await simulator.consumption(sceneDays).unchunked?.count ?? 0 < 20_000)
    }
  }

  @Test func hanging() async throws {
    try await simulating(dustScene()) { simulator, _ in
      simulator.faults.inject(.hang, at: .dust, path: "/api/v1/w/\(simulator.dustWorkspace)/", times: 1)
      async let answer = simulator.dust("source", sceneDays)
      while simulator.faults.hanging < 1 { try await Task.sleep(for: .milliseconds(5)) }
      simulator.faults.release()
      #expect(try await answer.status == 200)
      #expect(simulator.log.count(.dust) == 1)
    }
  }
}
