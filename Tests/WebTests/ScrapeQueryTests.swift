import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing
import Usage
import Web

/// `/probe`, `collect[]`, `provider[]` and `/-/reload`, against the router without a network.
@Suite("Scrapes of a part, and reloads")
struct ScrapeQueryTests {
  /// Two workspaces of one name that know nothing yet, beside one of another.
  private func run(
    _ lifecycle: Lifecycle = Lifecycle(), _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    let workspaces = [WorkspaceID(.dust, "acme"), WorkspaceID(.tess, "acme"), WorkspaceID(.tess, "other")]
    let front = try await Front(workspaces, lifecycle: lifecycle)
    try await Application(responder: front.responder).test(.router, test)
  }

  @Test(
    "choose workspaces",
    arguments: [
      ("/probe?target=other", ["tess/other"]), ("/probe?target=acme&provider=dust", ["dust/acme"]),
      ("/probe?provider=tess&target=acme", ["tess/acme"]),
      ("/metrics?provider[]=dust", ["dust/acme"]), ("/metrics?provider%5B%5D=tess", ["tess/acme", "tess/other"]),
      ("/metrics?provider[]=tess&provider[]=dust", ["dust/acme", "tess/acme", "tess/other"]),
      ("/metrics?collect[]=agents", ["dust/acme", "tess/acme", "tess/other"]), ("/metrics?collect[]=exporter", []),
      ("/metrics?collect[]=exporter&provider[]=dust", []),
      ("/metrics?provider[]=agentphone", []),
    ])
  func selection(uri: String, expected: [String]) async throws {
    try await run { client in
      for headers in [HTTPFields(), [.accept: "application/openmetrics-text;version=1.0.0"]] {
        try await client.execute(uri: uri, method: .get, headers: headers) { response in
          #expect(response.status == .ok)
          let scrape = try Scrape(String(buffer: response.body))
          let info = scrape.values("agentusage_workspace_info")
          #expect(
            info.keys.compactMap { "\($0.labels["provider"] ?? "")/\($0.labels["workspace"] ?? "")" }.sorted()
              == expected)
          // The exporter's own series belong to /metrics.
          #expect(scrape.types.keys.contains("process_threads") == uri.hasPrefix("/metrics"))
        }
      }
    }
  }

  @Test(
    "are refused with a reason",
    arguments: [
      ("/probe", "the parameter target is missing"), ("/probe?target=", "the parameter target is missing"),
      ("/probe?target=acme", "several providers have a workspace of this name"),
      ("/probe?target=nobody", "no workspace of this name is configured"),
      ("/probe?target=other&provider=dust", "no workspace of this name is configured"),
      ("/probe?target=other&provider=gpt", "there is no provider `gpt`; there are langdock, dust, tess, agentphone"),
      ("/metrics?collect[]=agent", "there is no collector `agent`; there are agents, daily"),
      ("/metrics?provider[]=%3Cscript%3E", "there is no provider of this name"),
      ("/probe?target=http%3A%2F%2Fexample.com", "no workspace of this name is configured"),
    ])
  func refusal(uri: String, words: String) async throws {
    try await run { client in
      try await client.execute(uri: uri, method: .get) { response in
        #expect(response.status == .badRequest)
        let text = String(buffer: response.body)
        #expect(text.hasPrefix(words) && !text.contains("<"), "\(text)")
      }
    }
  }

  @Test(
    "tell what came of a reload",
    arguments: [
      (Lifecycle.Outcome.reloaded, 200, "read again"), (.refused(message: "a.yml:1:2: what"), 500, "a.yml:1:2: what"),
      (.stopping, 503, "stopping"),
    ])
  func reload(outcome: Lifecycle.Outcome, status: Int, words: String) async throws {
    try await run(Lifecycle { outcome }) { client in
      for method in [HTTPRequest.Method.post, .put] {
        try await client.execute(uri: "/-/reload", method: method) { response in
          #expect(response.status.code == status && String(buffer: response.body).contains(words))
        }
      }
      try await client.execute(uri: "/-/reload", method: .get) { #expect($0.status == .methodNotAllowed) }
    }
  }
}
