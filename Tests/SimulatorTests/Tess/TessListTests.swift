import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Order, pages and filters.
struct TessListTests {
  @Test(arguments: [1, 7, 100])
  func everyRowComesOnce(_ perPage: Int) async throws {
    let company = Company.empty(today: today)
    company.addBulkExecutions(days: DaySpan("2026-11-17", "2026-11-19"), total: 60, agents: 5, users: 4, seed: 3)
    company.addExecutions(25, agent: "bulk-0", at: moment("2026-11-18T10:00:00"))
    try await simulating(company, at: moment("2026-11-20T06:00:00")) { simulator, _ async throws in
      let rows = try await simulator.tessRows("range=7d", perPage: perPage)
      #expect(rows.count == 85 && Set(tessIDs(rows)).count == 85)
      let keys = rows.map { ($0["created_at"] as? String ?? "", tessID($0).number) }
      #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 > $1 })
      let beyond = try await simulator.tess("range=7d&page=\(Int.max)&per_page=\(perPage)")
      #expect(beyond.text == "{\"items\":[],\"has_more\":false}")
    }
  }

  @Test func twentyAPageUnlessAsked() async throws {
    let company = Company.empty(today: today)
    company.addExecutions(41, agent: "a", at: moment("2026-11-19T08:00:00"))
    try await simulating(company) { simulator, _ async throws in
      let expected: [(String, Int, Bool)] = [
        ("", 20, true), ("page=2", 20, true), ("page=3", 1, false), ("page=4", 0, false), ("per_page=40", 40, true),
        ("per_page=41", 41, false), ("page=", 20, true),
      ]
      for (query, count, more) in expected {
        let answer = try await simulator.tess(query)
        #expect((answer.json["items"] as? [Any])?.count == count, "\(query)")
        #expect(answer.json["has_more"] as? Bool == more, "\(query)")
      }
    }
  }

  /// Times are those of whole seconds, so that ids decide within one.
  @Test func idsDecideWithinASecond() async throws {
    let company = Company.empty(today: today)
    let second = moment("2026-11-19T08:00:00")
    let late = company.addExecutions(1, agent: "a", at: second, .init { $0.visibleAfter = 60 })
    let first = company.addExecutions(2, agent: "a", at: second.addingTimeInterval(0.9))
    let again = company.addExecutions(1, agent: "b", at: second.addingTimeInterval(0.1))
    company.editExecution(id: first[0], at: noon)
    try await simulating(company) { simulator, _ async throws in
      let rows = try await simulator.tessItems()
      #expect(tessIDs(rows) == [late[0], first[1], first[0], first[0], again[0]])
      #expect(rows.map { tessID($0).edited } == [false, false, true, false, false])
    }
  }

  @Test func lateRowsComeInTheMiddle() async throws {
    let company = Company.empty(today: today)
    let early = company.addExecutions(1, agent: "a", at: moment("2026-11-17T08:00:00"))
    let late = company.addExecutions(
      1, agent: "a", at: moment("2026-11-18T08:00:00"), .init { $0.visibleAfter = 86_400 })
    let last = company.addExecutions(1, agent: "a", at: moment("2026-11-19T07:00:00"))
    #expect(early[0] < last[0] && last[0] < late[0])
    try await simulating(company, { $0.tess.pageCache = nil }) { simulator, clock async throws in
      clock.set(moment("2026-11-19T07:59:59"))
      #expect(tessIDs(try await simulator.tessItems()) == [last[0], early[0]])
      clock.advance(by: 1)
      #expect(tessIDs(try await simulator.tessItems()) == [last[0], late[0], early[0]])
      // Back in time, as if it had never been.
      clock.advance(by: -1)
      #expect(tessIDs(try await simulator.tessItems()) == [last[0], early[0]])
    }
  }

  @Test func scriptsShowAtOnce() async throws {
    let company = Company.empty(today: today)
    try await simulating(company, { $0.tess.pageCache = nil }) { simulator, _ async throws in
      #expect(try await simulator.tessItems().isEmpty)
      company.addExecutions(2, agent: "a", at: noon)
      #expect(try await simulator.tessItems().count == 2)
      company.addExecutions(3, agent: "b", at: moment("2026-11-10T08:00:00"))
      #expect(try await simulator.tessItems().count == 5)
      company.deleteAgent(id: "b", provider: .tess, at: moment("2026-11-09T00:00:00"))
      #expect(try await simulator.tessItems().count == 2)
    }
  }

  @Test func filters() async throws {
    let company = Company.empty(today: today)
    for type in TessAgentType.allCases { company.addTessAgent(slug: type.rawValue, name: "", type: type) }
    for (offset, type) in TessAgentType.allCases.enumerated() {
      company.addExecutions(offset + 1, agent: type.rawValue, at: noon, .init { $0.user = "user-\(offset % 2)" })
    }
    let zero = try #require(company.tessUserNumber(of: "user-0"))
    #expect(company.tessUserNumber(of: "nobody") == nil)
    try await simulating(company) { simulator, _ async throws in
      for (offset, type) in TessAgentType.allCases.enumerated() {
        let rows = try await simulator.tessItems("type=\(type.rawValue)")
        #expect(rows.count == offset + 1 && Set(texts(rows, "type")) == [type.rawValue])
      }
      #expect(try await simulator.tessRows("type=all").count == 21)
      let own = try await simulator.tessItems("user_id=\(zero)")
      #expect(own.count == 9 && own.allSatisfy { $0["user_id"] as? Int64 == zero })
      #expect(try await simulator.tessItems("user_id=\(zero)&type=text").count == 3)
      #expect(try await simulator.tessItems("user_id=5").isEmpty)
      #expect(try await simulator.tessItems("user_id=\(Int64.min)").isEmpty)
    }
  }
}
