import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Settings
import TestSupport
import Testing
import Usage
import Web

/// The contract's section 2, against the router without a network.
@Suite("The server")
struct ServerTests {
  private func run(
    path: String = "/metrics", _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    let defaults = ProviderDefaults(
      kind: .langdock, baseURL: "https://api.langdock.com", requestsPerMinute: 60, collectors: [])
    let workspace = WorkspaceSettings("acme", provider: defaults, secret: .literal(Secret("canary-in-a-coal-mine")))
    let front = try await Front(telemetryPath: path, settings: Settings(workspaces: [workspace]))
    try await Application(responder: front.responder).test(.router, test)
  }

  @Test(
    "answers what there is, and nothing else",
    arguments: [
      ("/metrics", 200), ("/", 200), ("/config", 200), ("/-/healthy", 200), ("/-/ready", 200), ("/-/reload", 405),
      ("/nothing", 404),
      ("/metrics/", 404), ("//", 404),
    ])
  func routes(path: String, status: Int) async throws {
    try await run { client in
      try await client.execute(uri: path, method: .get) { #expect($0.status.code == status) }
    }
  }

  @Test("takes GET and HEAD only", arguments: ["/metrics", "/", "/config", "/-/healthy"])
  func methods(path: String) async throws {
    try await run { client in
      for method in [HTTPRequest.Method.post, .put, .delete, .patch, .options] {
        try await client.execute(uri: path, method: method) { response in
          #expect(response.status == .methodNotAllowed)
          #expect(response.headers[.allow] == "GET, HEAD")
        }
      }
      try await client.execute(uri: path, method: .head) { response in
        #expect(response.status == .ok)
        #expect(response.body.readableBytes == 0)
        #expect((response.headers[.contentLength].flatMap { Int($0) } ?? 0) > 0)
      }
    }
  }

  @Test("does not reload unless that was enabled")
  func reload() async throws {
    try await run { client in
      for method in [HTTPRequest.Method.post, .put] {
        try await client.execute(uri: "/-/reload", method: method) { #expect($0.status == .forbidden) }
      }
      try await client.execute(uri: "/-/reload", method: .get) { #expect($0.headers[.allow] == "POST, PUT") }
    }
  }

  @Test("negotiates format and encoding")
  func negotiation() async throws {
    try await run { client in
      try await client.execute(uri: "/metrics", method: .get) { response in
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.headers[.contentEncoding] == nil)
        let scrape = try Scrape(String(buffer: response.body))
        #expect(scrape["agentusage_exporter_build_info", ["version": "test", "swift_version": "6.3"]] == 1)
        #expect(scrape.samples.keys.contains { $0.name == "process_resident_memory_bytes" })
      }
      let openMetrics: HTTPFields = [.accept: "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8"]
      try await client.execute(uri: "/metrics", method: .get, headers: openMetrics) { response in
        #expect(
          response.headers[.contentType]
            == "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8")
        #expect(String(buffer: response.body).hasSuffix("# EOF\n"))
      }
      let gzip: HTTPFields = [.acceptEncoding: "gzip"]
      try await client.execute(uri: "/metrics", method: .get, headers: gzip) { response in
        #expect(response.headers[.contentEncoding] == "gzip")
        #expect(response.body.getBytes(at: response.body.readerIndex, length: 2) == [0x1F, 0x8B])
      }
    }
  }

  @Test("counts scrapes and requests from 0")
  func counting() async throws {
    try await run { client in
      _ = try await client.execute(uri: "/metrics", method: .get)
      _ = try await client.execute(uri: "/metrics", method: .get)
      try await client.execute(uri: "/metrics", method: .get) { response in
        let scrape = try Scrape(String(buffer: response.body))
        #expect(scrape["agentusage_exporter_scrapes_total", ["served": "cached"]] == 3)
        #expect(scrape["agentusage_exporter_scrapes_total", ["served": "late"]] == 0)
        #expect(scrape["agentusage_exporter_http_requests_total", ["handler": "/metrics", "code": "200"]] == 2)
      }
    }
  }

  @Test("moves with the telemetry path, and its status page escapes what it shows")
  func telemetryPath() async throws {
    try await run(path: "/usage") { client in
      try await client.execute(uri: "/usage", method: .get) { #expect($0.status == .ok) }
      try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .notFound) }
      try await client.execute(uri: "/", method: .get) { response in
        let page = String(buffer: response.body)
        #expect(page.contains("href=\"/usage\"") && page.contains("1.2.3&lt;&gt;") && !page.contains("<script"))
      }
    }
  }

  @Test("shows the running configuration without its secrets, to those who ask now")
  func configuration() async throws {
    try await run { client in
      try await client.execute(uri: "/config", method: .get) { response in
        let text = String(buffer: response.body)
        #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(text.contains("name: \"acme\"") && text.contains("api_key: <secret>") && !text.contains("canary"))
      }
      try await client.execute(uri: "/metrics", method: .get) { response in
        let scrape = try Scrape(String(buffer: response.body))
        #expect(scrape["agentusage_exporter_http_requests_total", ["handler": "/config", "code": "200"]] == 1)
      }
    }
  }

  @Test(
    "shields the status page, and shows nothing of what it is asked with",
    arguments: ["/", "/?<script>alert(1)</script>"])
  func statusPage(uri: String) async throws {
    try await run { client in
      try await client.execute(uri: uri, method: .get) { response in
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        let policy = response.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; style-src ") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("script-src"))
        let page = String(buffer: response.body)
        #expect(page.contains("href=\"/config\"") && !page.contains("script") && !page.contains("canary"))
      }
    }
  }
}
