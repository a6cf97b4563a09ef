import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Pages are repeated for a while, whatever happens.
struct TessPageMemoryTests {
  @Test func pagesAreRepeatedForAMinute() async throws {
    let company = Company.empty(today: today)
    let first = company.addExecutions(1, agent: "a", at: moment("2026-11-19T08:00:00"))
    try await simulating(company) { simulator, clock async throws in
      let before = try await simulator.tess("page=1").text
      let added = company.addExecutions(1, agent: "a", at: moment("2026-11-19T09:00:00"))
      company.addTessAgent(slug: "a", name: "Renamed", type: .chat)
      clock.advance(by: 59.999)
      #expect(try await simulator.tess("page=1").text == before)
      // Every other page is one of its own.
      for query in ["", "page=1&per_page=20", "page=1&type=all", "page=1&range=30d"] {
        #expect(tessIDs(try await simulator.tessItems(query)) == [added[0], first[0]], "\(query)")
      }
      clock.advance(by: 0.001)
      let after = try await simulator.tessItems("page=1")
      #expect(tessIDs(after) == [added[0], first[0]] && Set(texts(after, "name")) == ["Renamed"])
    }
  }

  /// What a reader that goes through the pages must cope with.
  @Test func rowsShiftWhileTheyAreRead() async throws {
    let company = Company.empty(today: today)
    let ids = company.addExecutions(4, agent: "a", at: moment("2026-11-19T08:00:00"))
    try await simulating(company) { simulator, clock async throws in
      #expect(tessIDs(try await simulator.tessItems("page=1&per_page=2")) == [ids[3], ids[2]])
      company.addExecutions(1, agent: "a", at: clock.now())
      #expect(tessIDs(try await simulator.tessItems("page=2&per_page=2")) == [ids[2], ids[1]])
    }
  }

  @Test(arguments: [(nil, 0.0), (5.0, 5.0)] as [(TimeInterval?, TimeInterval)])
  func theMemoryCanBeShortOrNone(_ seconds: TimeInterval?, _ lasts: TimeInterval) async throws {
    let company = Company.empty(today: today)
    try await simulating(company, { $0.tess.pageCache = seconds }) { simulator, clock async throws in
      #expect(try await simulator.tessItems().isEmpty)
      company.addExecutions(1, agent: "a", at: noon)
      #expect(try await simulator.tessItems().isEmpty == (lasts > 0))
      clock.advance(by: lasts)
      #expect(try await simulator.tessItems().count == 1)
    }
  }

  @Test func keysOfDifferentSightShareNoPage() async throws {
    let company = Company.empty(today: today)
    company.addExecutions(1, agent: "a", at: noon, .init { $0.user = "usr_000" })
    company.addExecutions(1, agent: "a", at: noon, .init { $0.user = "other" })
    try await simulating(company, { $0.keys.tess = ["1|a", "2|b"] }) { simulator, _ async throws in
      #expect(try await simulator.tessItems(key: "1|a").count == 2)
      company.addExecutions(1, agent: "a", at: noon)
      #expect(try await simulator.tessItems(key: "2|b").count == 2)
      #expect(try await simulator.tessItems(key: "8|tess-own-only").count == 1)
    }
  }
}
