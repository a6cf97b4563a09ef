import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Whom Dust lets in, what it takes for a question, and in what words it refuses.
struct DustRefusalTests {
  private func get(
    _ simulator: Simulator, _ path: String, _ authorization: String?, method: String = "GET"
  ) async throws -> RawClient.Response {
    let headers = authorization.map { ["Authorization": $0] } ?? [:]
    return try await RawClient.send(method, simulator.dustURL + path, headers: headers)
  }

  @Test(arguments: [
    (nil, 401, "not_authenticated"), ("Bearer oauth-token-of-a-user", 401, "malformed_authorization_header_error"),
    ("sk-dust-simulated", 401, "malformed_authorization_header_error"),
    ("Bearer sk-nobody", 401, "invalid_api_key_error"), ("Bearer sk-dust-elsewhere", 401, "workspace_auth_error"),
    ("Bearer sk-dust-builder", 403, "workspace_auth_error"), ("Bearer sk-dust-simulated", 200, ""),
  ])
  func credentials(_ authorization: String?, _ status: Int, _ type: String) async throws {
    try await simulating(dustScene()) { simulator, _ in
      let path = "/api/v1/w/\(simulator.dustWorkspace)/analytics/export"
      let query = "?table=source&startDate=2026-11-18&endDate=2026-11-18"
      let answer = try await get(simulator, path + query, authorization)
      #expect(answer.status == status)
      #expect(answer.dustError["type"] ?? "" == type)
      guard status != 200 else { return }
      #expect(Set(answer.json.keys) == ["error"] && Set(answer.dustError.keys) == ["type", "message"])
      #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
    }
  }

  @Test func exactBodies() async throws {
    try await simulating(dustScene()) { simulator, _ in
      let path = "/api/v1/w/\(simulator.dustWorkspace)/analytics/export"
      let builder = try await get(simulator, path, "Bearer sk-dust-builder")
      #expect(
        builder.text
          == "{\"error\":{\"type\":\"workspace_auth_error\",\"message\":\"Only admin users can perform this action.\"}}"
      )
      let missing = try await get(simulator, path, nil)
      #expect(
        missing.dustError["message"] == "The request does not have valid authentication credentials.")
      let other = try await get(simulator, path, "Bearer sk-dust-elsewhere")
      #expect(other.dustError["message"] == "Only users of the workspace can access this content.")
      let invalid = try await get(simulator, path, "Bearer sk-nobody")
      #expect(invalid.dustError["message"] == "The API key provided is invalid or disabled.")
    }
  }

  @Test func workspacesAndPaths() async throws {
    try await simulating(dustScene()) { simulator, _ in
      let key = "Bearer \(simulator.dustKey)"
      let unknown = try await get(simulator, "/api/v1/w/nowhere/analytics/export", key)
      #expect((unknown.status, unknown.dustError["type"]) == (404, "workspace_not_found"))
      #expect(unknown.text.contains("[relocation-done]") == false)
      for path in ["/", "/api/v1/w/\(simulator.dustWorkspace)/assistant/conversations", "/api/v1/me"] {
        #expect(try await get(simulator, path, key).status == 404)
      }
      let gone = try await simulator.workspaceUsage("table=users&mode=month&start=2026-11")
      #expect(gone.status == 404)
    }
    try await simulating(dustScene(), { $0.dust.relocated = true }) { simulator, _ in
      let moved = try await simulator.dust("source")
      #expect((moved.status, moved.dustError["type"]) == (404, "workspace_not_found"))
      #expect(moved.dustError["message"]?.contains("[relocation-done]") == true)
    }
  }

  @Test func methods() async throws {
    try await simulating(dustScene(), { $0.dust.workspaceUsageAlive = true }) { simulator, _ in
      let key = "Bearer \(simulator.dustKey)"
      for (route, method, expected) in [
        ("analytics/export", "POST", "GET"), ("analytics/consumption/export", "GET", "POST"),
        ("workspace-usage", "POST", "GET"),
      ] {
        let path = "/api/v1/w/\(simulator.dustWorkspace)/\(route)"
        let answer = try await get(simulator, path, key, method: method)
        #expect((answer.status, answer.dustError["type"]) == (405, "method_not_supported_error"))
        #expect(
          answer.dustError["message"] == "The method passed is not supported, \(expected) is expected.")
      }
    }
  }

  @Test(arguments: [
    ("", 400), ("table=source", 400), ("table=source&startDate=2026-11-18", 400),
    ("table=sources&startDate=2026-11-18&endDate=2026-11-18", 400),
    ("table=source&startDate=2026-11-18&endDate=2026-11-17", 400),
    ("table=source&startDate=2026-13-01&endDate=2026-13-02", 400),
    ("table=source&startDate=2026-11-00&endDate=2026-11-02", 400),
    ("table=source&startDate=2026-11-18T00:00:00Z&endDate=2026-11-18T00:00:00Z", 400),
    ("table=source&startDate=2026-11-18&endDate=2026-11-18&timezone=Mars/Olympus", 400),
    ("table=source&startDate=2026-11-18&endDate=2026-11-18&format=xml", 400),
    ("Table=source&startDate=2026-11-18&endDate=2026-11-18", 400),
    // The month may have no such day: that gets past the validator.
    ("table=source&startDate=2026-02-28&endDate=2026-02-30", 500),
    ("table=source&table=agents&startDate=2026-11-18&endDate=2026-11-18&format=csv", 200),
  ])
  func queries(_ query: String, _ status: Int) async throws {
    try await simulating(dustScene()) { simulator, _ in
      let answer = try await RawClient.send(
        "GET", "\(simulator.dustBase)/analytics/export?\(query)", headers: simulator.dustHeaders)
      #expect(answer.status == status)
      switch status {
      case 400:
        #expect(answer.dustError["type"] == "invalid_request_error")
        #expect(answer.dustError["message"]?.hasPrefix("Invalid query parameters: ") == true)
      case 500: #expect(answer.dustError["type"] == "internal_server_error")
      default: #expect(answer.text.hasPrefix("date,source,"))
      }
    }
  }

  @Test func rateLimit() async throws {
    for tells in [false, true] {
      let configure: (inout Simulator.Configuration) -> Void = {
        $0.dust.requestsPerMinute = 2
        $0.dust.sendsRetryAfter = tells
      }
      try await simulating(dustScene(), configure) { simulator, clock in
        clock.set(moment("2026-11-19T12:00:20"))
        for _ in 0..<2 { #expect(try await simulator.dust("source").status == 200) }
        let refused = try await simulator.dust("source")
        #expect((refused.status, refused.dustError["type"]) == (429, "rate_limit_error"))
        #expect(refused.headers["retry-after"] == (tells ? "40" : nil))
        clock.advance(by: 40)
        #expect(try await simulator.dust("source").status == 200)
      }
    }
  }
}
