import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// What becomes of rows after they were shown.
struct TessEditTests {
  private let monday = moment("2026-11-16T08:00:00")
  private let edit = moment("2026-11-18T10:00:00")

  private func edited() -> (company: Company, ids: [Int64]) {
    let company = Company.empty(today: today)
    let ids = company.addExecutions(
      2, agent: "a", at: monday,
      .init {
        $0.credits = 2_500_000
        $0.tokens = Execution.Tokens(input: 1, output: 2)
      })
    company.editExecution(id: ids[0], at: edit)
    return (company, ids)
  }

  private func sources(_ rows: [[String: Any]]) -> [String] {
    rows.map {
      "\(($0["created_at"] as? String ?? "").prefix(10)) \($0["source"] as? String ?? "") \(tessID($0).number)"
    }
  }

  @Test(arguments: TessOptions.Edits.allCases, [true, false])
  func edits(_ edits: TessOptions.Edits, _ keepsCredits: Bool) async throws {
    let (company, ids) = edited()
    let configure: (inout Simulator.Configuration) -> Void = {
      $0.tess.edits = edits
      $0.tess.editedRowsKeepCredits = keepsCredits
      $0.tess.pageCache = nil
    }
    try await simulating(company, at: edit.addingTimeInterval(-1), configure) { simulator, clock async throws in
      let before = ["2026-11-16 current \(ids[1])", "2026-11-16 current \(ids[0])"]
      #expect(sources(try await simulator.tessItems()) == before)
      clock.advance(by: 1)
      let rows = try await simulator.tessItems()
      let expected =
        switch edits {
        case .besideOriginal: [before[0], "2026-11-16 edited \(ids[0])", before[1]]
        case .replacesInPlace: [before[0], "2026-11-16 edited \(ids[0])"]
        case .replacesAtEditTime: ["2026-11-18 edited \(ids[0])", before[0]]
        }
      #expect(sources(rows) == expected)
      let synthetic = try #require(rows.first { tessID($0).edited })
      #expect(synthetic["credits"] as? Double == (keepsCredits ? 2.5 : 0))
      #expect(synthetic["status"] as? String == (keepsCredits ? "succeeded" : "failed"))
      #expect(synthetic["tokens"] is NSNull && synthetic["used_model"] is NSNull)
    }
  }

  /// An edit is found in the window of its own date, however long it came after what it edits.
  @Test func editsAreDatedAnew() async throws {
    let company = Company.empty(today: today)
    let ids = company.addExecutions(1, agent: "a", at: moment("2026-10-20T08:00:00"))
    let configure: (inout Simulator.Configuration) -> Void = {
      $0.tess.edits = .replacesAtEditTime
      $0.tess.pageCache = nil
    }
    try await simulating(company, configure) { simulator, _ async throws in
      #expect(try await simulator.tessItems("range=1d").isEmpty)
      company.editExecution(id: ids[0], at: moment("2026-11-19T11:00:00"))
      let rows = try await simulator.tessItems("range=1d")
      #expect(sources(rows) == ["2026-11-19 edited \(ids[0])"])
      #expect(try await simulator.tessItems("start_date=2026-10-20&end_date=2026-10-20").isEmpty)
    }
  }

  @Test func onlyChatsAreEditedAndOnlyOnceVisible() async throws {
    let company = Company.empty(today: today)
    company.addTessAgent(slug: "i", name: "I", type: .image)
    let image = company.addExecutions(1, agent: "i", at: monday)
    let late = company.addExecutions(1, agent: "a", at: monday, .init { $0.visibleAfter = 7200 })
    #expect(!company.editExecution(id: image[0], at: edit))
    #expect(!company.editExecution(id: 17, at: edit) && !company.archiveExecution(id: 17, at: edit))
    #expect(company.editExecution(id: late[0], at: monday.addingTimeInterval(60)))
    let configure: (inout Simulator.Configuration) -> Void = {
      $0.tess.edits = .replacesInPlace
      $0.tess.pageCache = nil
    }
    try await simulating(company, at: monday.addingTimeInterval(7199), configure) { simulator, clock async throws in
      #expect(tessIDs(try await simulator.tessItems()) == image)
      clock.advance(by: 1)
      #expect(texts(try await simulator.tessItems(), "source") == ["edited", "current"])
    }
  }

  @Test func seededExecutionsCanBeChanged() async throws {
    let company = Company(Company.Configuration(today: today, historyDays: 2))
    try await simulating(company, { $0.tess.pageCache = nil }) { simulator, _ async throws in
      let rows = try await simulator.tessItems("per_page=100")
      let chat = try #require(rows.first { $0["type"] as? String == "chat" && $0["source"] as? String == "current" })
      let text = try #require(rows.first { $0["type"] as? String == "text" && $0["source"] as? String == "current" })
      #expect(company.editExecution(id: tessID(chat).number, at: noon))
      #expect(company.archiveExecution(id: tessID(text).number, at: noon))
      let after = try await simulator.tessItems("per_page=100")
      #expect(after.count { tessID($0) == (tessID(chat).number, true) } == 1)
      #expect(after.first { tessID($0) == tessID(text) }?["source"] as? String == "archived")
    }
  }
}
