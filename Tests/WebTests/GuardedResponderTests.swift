import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Settings
import TestSupport
import Testing
import Web

/// What the web configuration says of requests, with files that change under it.
@Suite("The guard")
struct GuardedResponderTests {
  private static let hash = PasswordHash(standInWithCost: 4).text
  private let files = FakeFiles()
  private let log = LogLines()

  private func run(
    _ yaml: String, telemetryPath: String = "/metrics",
    _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    files.write("web.yml", yaml)
    let security = try WebSecurity(path: "web.yml", logger: log.logger, files: files.configuration)
    let front = try await Front(telemetryPath: telemetryPath)
    let guarded = GuardedResponder(
      front.responder, security: security, standing: front.standing, telemetryPath: telemetryPath,
      authenticator: Authenticator(hasher: CountingHasher(), threads: 1))
    try await Application(responder: guarded).test(.router, test)
  }

  private static func credentials(_ password: String) -> HTTPFields {
    [.authorization: AuthenticatorTests.basic("alice", password)]
  }

  private static let users = "basic_auth_users: { alice: \(hash) }\n"

  @Test(
    "asks for a password everywhere but on the health paths",
    arguments: [
      ("/metrics", 401), ("/", 401), ("/nothing", 401), ("/-/reload", 401), ("/-/healthy/", 401), ("//-/healthy", 401),
      ("/-/healthy", 200), ("/-/ready", 200), ("/-/healthy?x=/metrics", 200),
    ])
  func paths(path: String, status: Int) async throws {
    try await run(Self.users) { client in
      try await client.execute(uri: path, method: .get) { response in
        #expect(response.status.code == status)
        #expect(response.headers[.wwwAuthenticate] == (status == 401 ? "Basic" : nil))
      }
      try await client.execute(uri: path, method: .get, headers: Self.credentials("wrong")) { response in
        #expect(response.status.code == status)
      }
      try await client.execute(uri: path, method: .get, headers: Self.credentials("right")) { response in
        #expect(response.status != .unauthorized)
      }
    }
  }

  @Test("never opens the metrics, even on a health path")
  func telemetryPath() async throws {
    try await run(Self.users, telemetryPath: "/-/healthy") { client in
      try await client.execute(uri: "/-/healthy", method: .get) { #expect($0.status == .unauthorized) }
    }
  }

  @Test("counts what it refuses under the path asked for")
  func counting() async throws {
    try await run(Self.users) { client in
      for path in ["/metrics", "/metrics", "/alice"] { _ = try await client.execute(uri: path, method: .get) }
      try await client.execute(uri: "/metrics", method: .head) { response in
        #expect(response.status == .unauthorized && response.body.readableBytes == 0)
      }
      try await client.execute(uri: "/metrics", method: .get, headers: Self.credentials("right")) { response in
        let scrape = try Scrape(String(buffer: response.body))
        #expect(scrape["agentusage_exporter_http_requests_total", ["handler": "/metrics", "code": "401"]] == 3)
        #expect(scrape["agentusage_exporter_http_requests_total", ["handler": "other", "code": "401"]] == 1)
      }
    }
  }

  @Test("sets its headers on every answer, over the page's own")
  func headers() async throws {
    let yaml =
      Self.users
      + "http_server_config: { headers: { X-Frame-Options: deny, Content-Security-Policy: \"default-src x\" } }"
    try await run(yaml) { client in
      for (path, headers) in [
        ("/metrics", HTTPFields()), ("/-/healthy", [:]), ("/nothing", Self.credentials("right")),
        ("/", Self.credentials("right")),
      ] {
        try await client.execute(uri: path, method: .get, headers: headers) { response in
          #expect(response.headers[.contentSecurityPolicy] == "default-src x", "\(path)")
          #expect(HTTPField.Name("X-Frame-Options").flatMap { response.headers[$0] } == "deny", "\(path)")
        }
      }
    }
  }

  @Test("lets through as many as the limit, and always the health paths")
  func rateLimit() async throws {
    try await run("rate_limit: { interval: 10h, burst: 2 }\n" + Self.users) { client in
      var codes: [Int] = []
      for _ in 0..<4 { codes.append(try await client.execute(uri: "/metrics", method: .get) { $0.status.code }) }
      #expect(codes == [401, 401, 429, 429])
      try await client.execute(uri: "/-/ready", method: .get) { #expect($0.status == .ok) }
      files.write("web.yml", "rate_limit: { interval: 10h, burst: 1 }\n")
      try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .ok) }
      try await client.execute(uri: "/metrics", method: .get) { #expect($0.status == .tooManyRequests) }
    }
  }

  @Test("reads the file again when it has changed, and only then")
  func rereading() async throws {
    try await run(Self.users) { client in
      func expect(_ status: Int, reads: Int) async throws {
        try await client.execute(uri: "/metrics", method: .get, headers: Self.credentials("wrong")) { response in
          #expect(response.status.code == status)
        }
        #expect(files.reads == reads)
      }
      try await expect(401, reads: 1)
      files.write("web.yml", "")
      try await expect(200, reads: 2)
      try await expect(200, reads: 2)
      files.write("web.yml", Self.users)
      try await expect(401, reads: 3)
    }
    #expect(log.all.count == 2 && log.all.allSatisfy { $0.hasPrefix("info web configuration read again") })
  }

  @Test("keeps the last good configuration, and says once what is wrong with the new one")
  func refused() async throws {
    try await run(Self.users) { client in
      func expect(_ status: Int) async throws {
        try await client.execute(uri: "/metrics", method: .get) { #expect($0.status.code == status) }
      }
      files.write(
        "web.yml", "basic_auth_users: { marker-user: marker-hash }\ntls_server_config: { cert_file: a, key_file: b }")
      for _ in 0..<3 { try await expect(401) }
      let reads = files.reads
      #expect(log.all.count == 1)
      let line = log.all.first ?? ""
      for part in ["error web configuration refused", "web.yml:1:34: ", "web.yml:2:33: ", "web.yml:2:46: "] {
        #expect(line.contains(part), "\(line)")
      }
      #expect(!line.contains("marker"))
      // What it names is watched too: one of the two files appears.
      files.write("a", "no certificate")
      try await expect(401)
      #expect(files.reads > reads && log.all.count == 2)
      files.write("web.yml", nil)
      try await expect(401)
      #expect(log.all.last?.contains("no such file") == true)
      files.write("web.yml", "")
      try await expect(200)
      #expect(log.all.last?.hasPrefix("info") == true)
    }
  }

  @Test("is read again at once on demand, and the demand learns what is wrong")
  func reload() async throws {
    files.write("web.yml", Self.users)
    let security = try WebSecurity(path: "web.yml", logger: log.logger, files: files.configuration)
    try await security.reload()
    #expect(files.reads == 2 && !security.usesTLS)
    files.write("web.yml", "nonsense: 1")
    let error = await #expect(throws: SettingsError.self) { try await security.reload() }
    #expect(error?.diagnostics.first?.line == 1)
  }

  @Test("starts with no file that is refused")
  func start() throws {
    files.write("web.yml", "tls_server_config: { cert_file: a, key_file: b }")
    files.write("a", "no certificate")
    files.write("b", "marker-secret")
    let error = #expect(throws: SettingsError.self) {
      try WebSecurity(path: "web.yml", logger: log.logger, files: files.configuration)
    }
    #expect(
      error?.description == """
        web.yml:1:33: the server's certificate holds no certificate in PEM form
        web.yml:1:46: the server's key holds no private key in PEM form without a passphrase
        """)
  }
}
