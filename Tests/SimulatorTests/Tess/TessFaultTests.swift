import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Faults as they show in Tess' answers.
struct TessFaultTests {
  private func company() -> Company {
    let company = Company.empty(today: today)
    for (offset, slug) in ["c", "b", "a"].enumerated() {
      company.addExecutions(
        1, agent: slug, at: moment("2026-11-19T08:00:0\(offset)"), .init { $0.credits = Int64(offset + 1) * 500_000 })
    }
    return company
  }

  private func answer(_ faults: Fault..., check: @Sendable (RawClient.Response) throws -> Void) async throws {
    try await simulating(company()) { simulator, _ async throws in
      for fault in faults { simulator.faults.inject(fault, at: .tess) }
      try check(try await simulator.tess())
    }
  }

  private static func items(_ answer: RawClient.Response) -> [[String: Any]] {
    answer.json["items"] as? [[String: Any]] ?? []
  }

  // MARK: Instead of the answer

  @Test(
    arguments: [
      (Fault.RetryAfter.none, nil, nil), (.bodySeconds(7), 7, nil), (.headerSeconds(8), nil, "8"),
      (.seconds(9), 9, "9"),
      (.date(in: 90), nil, "Thu, 19 Nov 2026 12:01:30 GMT"),
    ] as [(Fault.RetryAfter, Int?, String?)])
  func waitingIsToldInBodyAndHeader(_ wait: Fault.RetryAfter, _ body: Int?, _ header: String?) async throws {
    try await answer(.rateLimited(wait)) { answer in
      #expect(answer.status == 429 && answer.json["error"] as? String == "Rate limit exceeded")
      #expect(answer.json["retry_after"] as? Int == body && answer.json.count == (body == nil ? 1 : 2))
      #expect(answer.headers["retry-after"] == header)
    }
  }

  @Test func refusals() async throws {
    try await answer(.unauthorized) { #expect($0.text == #"{"message":"Unauthenticated."}"#) }
    try await answer(.unavailable(.seconds(5))) { answer in
      #expect((answer.status, answer.headers["retry-after"]) == (503, "5"))
      #expect(answer.text == #"{"error":"Service unavailable","retry_after":5}"#)
    }
    let failure = #"{"error":"Internal server error"}"#
    try await answer(.status(500, body: failure, contentType: "application/json")) { answer in
      #expect((answer.status, answer.text) == (500, failure))
    }
    try await answer(.html(status: 200)) { #expect($0.text.hasPrefix("<!DOCTYPE html>")) }
    try await answer(.garbage) { #expect($0.status == 200 && $0.json.isEmpty && !$0.body.isEmpty) }
    try await answer(.redirect(to: "http://example.com/")) { #expect($0.headers["location"] == "http://example.com/") }
    try await answer(.redirectLoop) { #expect($0.headers["location"] == "/workspaces/usage") }
  }

  @Test func bytes() async throws {
    try await answer(.bodyCut(keeping: 0.5)) { #expect($0.complete && $0.json.isEmpty && $0.body.count > 100) }
    try await answer(.connectionCut(keeping: 0.5)) { #expect(!$0.complete && $0.body.count > 100) }
    try await answer(.gzip) { answer in
      #expect(answer.headers["content-encoding"] == "gzip" && answer.body.prefix(2) == [0x1F, 0x8B])
    }
    try await answer(.gzipBomb(expandedBytes: 1_000_000)) { #expect($0.body.count < 10_000) }
  }

  @Test func hangingEndsWhenReleased() async throws {
    try await simulating(company()) { simulator, _ async throws in
      simulator.faults.inject(.hang, at: .tess, path: "/workspaces", times: 1)
      async let late = simulator.tess()
      while simulator.faults.hanging == 0 { try await Task.sleep(for: .milliseconds(5)) }
      simulator.faults.release()
      #expect(try await late.status == 200)
    }
  }

  // MARK: Rows

  @Test(arguments: [
    (Fault.negativeCount, "-5"), (.nonNumericCount, "\"n/a\""), (.hugeCount, "9007199254740993"),
    (.overflowingCount, "99999999999999999999999"),
  ])
  func badCredits(_ fault: Fault, _ written: String) async throws {
    try await answer(fault) { answer in
      let credits = answer.text.components(separatedBy: "\"credits\":").dropFirst().map { $0.prefix { $0 != "," } }
      #expect(credits.map(String.init) == [written, "1", "0.5"])
    }
  }

  @Test func missingAndUnknownFields() async throws {
    try await answer(.missingIDColumn) { answer in
      #expect(Self.items(answer).count == 3 && Self.items(answer).allSatisfy { $0["id"] == nil && $0["slug"] != nil })
    }
    try await answer(.missingCountColumn) { answer in
      #expect(Self.items(answer).count == 3 && Self.items(answer).allSatisfy { $0["credits"] == nil })
    }
    try await answer(.emptyID) { #expect(Self.items($0).map { $0["id"] as? String } == ["", nil, nil]) }
    try await answer(.extraColumns) { answer in
      #expect(Self.items(answer).allSatisfy { $0["experimental_flag"] as? Bool == true && $0["notes"] is String })
      #expect(texts(Self.items(answer), "slug") == ["a", "b", "c"])
    }
    try await answer(.reorderedColumns) { answer in
      #expect(answer.text.hasPrefix("{\"items\":[{\"link\":") && texts(Self.items(answer), "slug") == ["a", "b", "c"])
    }
  }

  @Test func badBytes() async throws {
    try await answer(.invalidUTF8InID) { answer in
      #expect(answer.body.firstRange(of: Array("\"id\":\"a".utf8) + [0xC3, 0x28, 0xFF]) != nil)
    }
    try await answer(.invalidUTF8InName) { answer in
      #expect(answer.body.firstRange(of: Array("\"name\":\"Name ".utf8) + [0xF0, 0x28, 0x8C, 0x28]) != nil)
    }
    try await answer(.byteOrderMark) { #expect($0.body.prefix(4) == [0xEF, 0xBB, 0xBF, UInt8(ascii: "{")]) }
  }

  @Test func datesNumbersAndRepeatedRows() async throws {
    try await answer(.datedInFuture) { answer in
      #expect(texts(Self.items(answer), "created_at").first == "2026-11-29T08:00:02.000000Z")
    }
    try await answer(.datedOutsideWindow) { answer in
      #expect(texts(Self.items(answer), "created_at").last == "2026-11-09T08:00:00.000000Z")
    }
    try await answer(.duplicateRow) { #expect(texts(Self.items($0), "slug") == ["a", "b", "c", "a"]) }
    try await answer(.restated(percent: 50)) {
      #expect(Self.items($0).map { $0["credits"] as? Double } == [0.75, 0.5, 0.25])
    }
    try await answer(.numbersAsStrings) { answer in
      #expect(texts(Self.items(answer), "credits") == ["1.5", "1", "0.5"])
      #expect(Self.items(answer).allSatisfy { $0["id"] is String && $0["user_id"] as? String == "1001" })
    }
  }

  /// A page that is repeated is spoiled by the faults of its own request only.
  @Test func spoiledPagesAreNotRemembered() async throws {
    try await simulating(company()) { simulator, _ async throws in
      let good = try await simulator.tess().text
      simulator.faults.inject(.negativeCount, at: .tess, times: 1)
      #expect(try await simulator.tess().text != good)
      #expect(try await simulator.tess().text == good)
    }
  }
}
