import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The form of an answer, to the byte.
struct TessWireTests {
  private let morning = moment("2026-11-19T09:35:21")

  private func company() -> Company {
    let company = Company.empty(today: today)
    company.addTessAgent(slug: "docs-helper-pB9ujA", name: "Docs Helper", type: .chat)
    company.addTessAgent(slug: "poster-1", name: "Poster \"XL\"", type: .image)
    return company
  }

  private func addChat(_ company: Company) -> Int64 {
    let ids = company.addExecutions(
      1, agent: "docs-helper-pB9ujA", at: morning,
      .init {
        $0.credits = 6145
        $0.tokens = Execution.Tokens(input: 812, output: 164)
      })
    return ids.first ?? 0
  }

  @Test func aChat() async throws {
    let company = company()
    let id = addChat(company)
    try await simulating(company) { simulator, _ async throws in
      let answer = try await simulator.tess()
      #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
      let expected = """
        {"items":[{"id":\(id),"created_at":"2026-11-19T09:35:21.000000Z","user_id":1001,"type":"chat",\
        "status":"succeeded","email":"user-1@grueneberg.example","credits":0.006145,"name":"Docs Helper",\
        "slug":"docs-helper-pB9ujA","output":"This content is only available on Tess","root_id":\(id),\
        "execution_origin":"api","source":"current","used_model":"tess-6",\
        "tokens":{"input":812,"output":164,"total":976},\
        "link":"/dashboard/user/ai/chat/ai-chat/docs-helper-pB9ujA?_chat_id=\(id)"}],"has_more":false}
        """
      #expect(answer.text == expected)
      #expect(try await simulator.tess(path: "/api/workspaces/usage").text == expected)
    }
  }

  @Test func theRowsOfAnEditedChat() async throws {
    let company = company()
    let id = addChat(company)
    #expect(company.editExecution(id: id, at: moment("2026-11-19T11:00:00")))
    try await simulating(company) { simulator, _ async throws in
      let answer = try await simulator.tess("per_page=1")
      let expected = """
        {"items":[{"id":"chat-edited-\(id)","created_at":"2026-11-19T09:35:21.000000Z","user_id":1001,"type":"chat",\
        "status":"failed","email":"user-1@grueneberg.example","credits":0,"name":"Docs Helper",\
        "slug":"docs-helper-pB9ujA","output":"This item was edited","root_id":null,"execution_origin":null,\
        "source":"edited","used_model":null,"tokens":null,"link":null}],"has_more":true}
        """
      #expect(answer.text == expected)
    }
  }

  @Test func otherWaysToWriteIt() async throws {
    let company = company()
    let id = addChat(company)
    let options: (inout Simulator.Configuration) -> Void = {
      $0.tess.createdAt = .spaced
      $0.tess.creditsAsText = true
      $0.tess.idsAsText = true
      $0.tess.paginationMembers = true
    }
    try await simulating(company, options) { simulator, _ async throws in
      let answer = try await simulator.tess("page=1&per_page=7")
      #expect(answer.text.hasPrefix("{\"items\":[{\"id\":\"\(id)\",\"created_at\":\"2026-11-19 09:35:21\""))
      #expect(answer.text.contains("\"user_id\":\"1001\"") && answer.text.contains("\"credits\":\"0.006145\""))
      #expect(answer.text.contains("\"root_id\":\"\(id)\""))
      #expect(answer.text.hasSuffix("],\"has_more\":false,\"page\":1,\"per_page\":7,\"total\":1}"))
    }
  }

  @Test func imagesHaveSignedURLs() async throws {
    let company = company()
    let ids = company.addExecutions(2, agent: "poster-1", at: morning, .init { $0.credits = 4_000_000 })
    company.archiveExecution(id: ids[0], at: noon)
    try await simulating(company, { $0.tess.pageCache = nil }) { simulator, clock async throws in
      clock.set(noon.addingTimeInterval(-1))
      var rows = try await simulator.tessItems()
      #expect(Set(texts(rows, "source")) == ["current"])
      for row in rows {
        let output = try #require(row["output"] as? String)
        let link = try #require(row["link"] as? String)
        #expect(output != link && output.hasPrefix("https://") && output.contains("X-Goog-Signature=output-"))
        #expect(link.contains("/\(tessID(row).number).png?") && link.contains("X-Goog-Signature=link-"))
        #expect(row["root_id"] is NSNull && row["tokens"] is NSNull && row["name"] as? String == "Poster \"XL\"")
      }
      clock.set(noon)
      rows = try await simulator.tessItems()
      #expect(tessIDs(rows) == [ids[1], ids[0]])
      #expect(texts(rows, "source") == ["current", "archived"])
      #expect(rows[1]["output"] as? String == "This item was deleted" && rows[1]["link"] is NSNull)
      #expect(rows[1]["credits"] as? Int == 4 && rows[1]["used_model"] as? String == "tess-6")
    }
  }

  @Test func whatRunsOrFailedHasNoCredits() async throws {
    let company = company()
    let spent: (inout Company.ExecutionShape) -> Void = {
      $0.credits = 9_500_000
      $0.tokens = Execution.Tokens(input: 5, output: 6)
    }
    var failing = Company.ExecutionShape(spent)
    failing.failed = true
    var running = Company.ExecutionShape(spent)
    running.settledAfter = 3600
    company.addExecutions(1, agent: "poster-1", at: morning, failing)
    company.addExecutions(1, agent: "poster-1", at: morning.addingTimeInterval(1), running)
    try await simulating(company, { $0.tess.pageCache = nil }) { simulator, clock async throws in
      clock.set(morning.addingTimeInterval(3600))
      for row in try await simulator.tessItems() {
        #expect(row["status"] as? String == "failed" && row["credits"] as? Int == 0)
        #expect(row["tokens"] is NSNull && row["link"] is NSNull && row["output"] as? String == "")
      }
      clock.advance(by: 1)
      let rows = try await simulator.tessItems()
      #expect(texts(rows, "status") == ["succeeded", "failed"])
      #expect(rows[0]["credits"] as? Double == 9.5)
      #expect((rows[0]["tokens"] as? [String: Int])?["total"] == 11)
    }
  }

  @Test func rootsModelsAndOrigins() async throws {
    let company = company()
    let first = addChat(company)
    let bare: (inout Company.ExecutionShape) -> Void = {
      $0.model = nil
      $0.origin = nil
    }
    var rooted = Company.ExecutionShape(bare)
    rooted.root = .execution(first)
    var rootless = Company.ExecutionShape(bare)
    rootless.root = .none
    company.addExecutions(1, agent: "docs-helper-pB9ujA", at: morning.addingTimeInterval(1), rooted)
    let last = company.addExecutions(1, agent: "docs-helper-pB9ujA", at: morning.addingTimeInterval(2), rootless)
    try await simulating(company) { simulator, _ async throws in
      let rows = try await simulator.tessItems()
      #expect(rows.map { $0["root_id"] as? Int64 } == [nil, first, first])
      let links = texts(rows, "link").map { $0?.split(separator: "=").last.flatMap { Int64($0) } }
      #expect(links == [last[0], first, first])
      #expect(
        texts(rows, "used_model") == [nil, nil, "tess-6"] && texts(rows, "execution_origin") == [nil, nil, "api"])
    }
  }
}
