import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// What Tess refuses, and how.
struct TessRefusalTests {
  @Test func credentials() async throws {
    try await simulating { simulator, _ async throws in
      let bad: [([String: String], Set<String>)] = [
        (["Authorization": "Bearer wrong"], []), (["Authorization": simulator.tessKey], []), ([:], ["Authorization"]),
      ]
      for (headers, dropped) in bad {
        let answer = try await simulator.tess(headers: headers, without: dropped)
        #expect((answer.status, answer.text) == (401, #"{"message":"Unauthenticated."}"#))
      }
      let unable = try await simulator.tess(key: "9|tess-without-ability")
      #expect((unable.status, unable.text) == (403, #"{"message":"Invalid ability provided."}"#))
    }
    let general: (inout Simulator.Configuration) -> Void = { $0.tess.authenticationError = .invalidAuthentication }
    try await simulating(.empty(today: today), general) { simulator, _ async throws in
      let answer = try await simulator.tess(key: "wrong")
      #expect((answer.status, answer.text) == (403, #"{"error":"Invalid authentication"}"#))
    }
  }

  @Test func workspaces() async throws {
    try await simulating(.empty(today: today), { $0.tess.workspace = 52 }) { simulator, _ async throws in
      #expect(simulator.tessWorkspace == "52")
      #expect(try await simulator.tess().status == 200)
      for wrong in ["", "abc", "5.2", "52x"] {
        let answer = try await simulator.tess(headers: ["x-workspace-id": wrong])
        #expect(answer.status == 422, "\(wrong)")
        #expect((answer.json["errors"] as? [String: [String]])?.keys.map(\.self) == ["x-workspace-id"])
      }
      #expect(try await simulator.tess(without: ["x-workspace-id"]).status == 422)
      let foreign = try await simulator.tess(headers: ["x-workspace-id": "53"])
      #expect(foreign.status == 403 && Array(foreign.json.keys) == ["message"])
      let logged = simulator.log.requests(to: .tess, path: "/workspaces/usage").map(\.workspaceID)
      #expect(logged == ["52", "", "abc", "5.2", "52x", nil, "53"])
    }
  }

  @Test(arguments: [
    ("page=0", ["page"]), ("page=-1", ["page"]), ("page=x", ["page"]), ("per_page=0", ["per_page"]),
    ("per_page=101", ["per_page"]), ("per_page=1.5", ["per_page"]), ("user_id=ana", ["user_id"]),
    ("type=audio", ["type"]), ("range=2d", ["range"]), ("start_date=2026-11-01", ["end_date"]),
    ("end_date=2026-11-01", ["start_date"]), ("range=7d&end_date=2026-11-01", ["start_date"]),
    ("start_date=2026-11-02&end_date=2026-11-01", ["end_date"]),
    ("start_date=2026-02-30&end_date=2026-03-01", ["start_date"]),
    ("start_date=01.11.2026&end_date=2026-11-1", ["end_date", "start_date"]),
    ("start_date=2026-01-01&end_date=2026-04-01", ["end_date"]),
    ("page=0&per_page=0&type=?", ["page", "per_page", "type"]),
  ])
  func unprocessable(_ query: String, _ parameters: [String]) async throws {
    try await simulating { simulator, _ async throws in
      let answer = try await simulator.tess(query)
      #expect(answer.status == 422)
      #expect(Set(answer.json.keys) == ["message", "errors"])
      let errors = try #require(answer.json["errors"] as? [String: [String]])
      #expect(errors.keys.sorted() == parameters)
      #expect((answer.json["message"] as? String)?.contains("more error") == (parameters.count > 1))
    }
  }

  @Test func aSpanOfNinetyDaysIsTheLongest() async throws {
    try await simulating { simulator, _ async throws in
      #expect(try await simulator.tess("start_date=2026-01-01&end_date=2026-03-31").status == 200)
      let longer = try await simulator.tess("start_date=2026-01-01&end_date=2026-04-01")
      let message = "The date range must not exceed 90 days."
      #expect(longer.text == #"{"message":"\#(message)","errors":{"end_date":["\#(message)"]}}"#)
    }
  }

  @Test func routes() async throws {
    try await simulating { simulator, _ async throws in
      #expect(try await simulator.tess(path: "/workspaces").status == 404)
      #expect(try await simulator.tess(path: "/v1/workspaces/usage").status == 404)
      let headers = ["Authorization": "Bearer \(simulator.tessKey)", "x-workspace-id": simulator.tessWorkspace]
      let posted = try await RawClient.send("POST", simulator.tessURL + "/workspaces/usage", headers: headers)
      #expect(posted.status == 405)
    }
  }

  /// Silently, and with 200.
  @Test func someKeysSeeOnePersonOnly() async throws {
    let company = Company.empty(today: today)
    company.addExecutions(3, agent: "a", at: noon, .init { $0.user = "ana" })
    company.addExecutions(4, agent: "b", at: noon, .init { $0.user = "bo" })
    let ana = try #require(company.tessUserNumber(of: "ana"))
    let bo = try #require(company.tessUserNumber(of: "bo"))
    let keys: (inout Simulator.Configuration) -> Void = { $0.keys.tessOwnOnly = ["3|ana": "ana", "4|nobody": "none"] }
    try await simulating(company, keys) { simulator, _ async throws in
      #expect(try await simulator.tessItems().count == 7)
      let own = try await simulator.tess(key: "3|ana")
      #expect(own.status == 200 && Set(own.json.keys) == ["items", "has_more"])
      #expect(try await simulator.tessItems(key: "3|ana").allSatisfy { $0["user_id"] as? Int64 == ana })
      #expect(try await simulator.tessItems("user_id=\(ana)", key: "3|ana").count == 3)
      #expect(try await simulator.tessItems("type=chat", key: "3|ana").count == 3)
      #expect(try await simulator.tess("user_id=\(bo)", key: "3|ana").status == 403)
      #expect(try await simulator.tessItems("user_id=\(bo)").count == 4)
      #expect(try await simulator.tessItems(key: "4|nobody").isEmpty)
    }
  }

  @Test func soManyRequestsInASecond() async throws {
    try await simulating(.empty(today: today), { $0.tess.requestsPerSecond = 2 }) { simulator, clock async throws in
      func statuses(_ count: Int, key: String? = nil) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await simulator.tess(key: key).status) }
        return statuses
      }
      #expect(try await statuses(3) == [200, 200, 429])
      #expect(try await statuses(1, key: "8|tess-own-only") == [200])
      let refused = try await simulator.tess()
      #expect(refused.text == #"{"error":"Rate limit exceeded","retry_after":1}"#)
      #expect(refused.headers["retry-after"] == nil)
      clock.advance(by: 1)
      #expect(try await statuses(3) == [200, 200, 429])
    }
  }
}
