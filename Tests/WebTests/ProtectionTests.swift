import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Settings
import Testing
import Web

/// Files that are being written while somebody asks: no moment in which the exporter is open.
@Suite("Protection")
struct ProtectionTests {
  private static let hash = PasswordHash(standInWithCost: 4).text
  private static let users = "basic_auth_users: { alice: \(hash) }\n"
  private static let millisecond: Int64 = 1_000_000
  private let files = FakeFiles()
  private let log = LogLines()

  /// Asks without a password, and sees the status.
  private typealias Ask = @Sendable () async throws -> Int

  private func run(
    _ yaml: String = Self.users, _ test: @escaping @Sendable (WebSecurity, Ask) async throws -> Void
  ) async throws {
    files.write("web.yml", yaml)
    let security = try WebSecurity(path: "web.yml", logger: log.logger, files: files.configuration)
    let front = try await Front()
    let guarded = GuardedResponder(
      front.responder, security: security, standing: front.standing, telemetryPath: "/metrics",
      authenticator: Authenticator(hasher: CountingHasher(), threads: 1))
    try await Application(responder: guarded).test(.router) { client in
      try await test(security) { try await client.execute(uri: "/metrics", method: .get) { $0.status.code } }
    }
  }

  @Test(
    "a file that is emptied and written in place opens nothing",
    arguments: ["", "# the new file\n", "http_server_config: { http2: false }\n"])
  func truncation(beginning: String) async throws {
    try await run { (_: WebSecurity, ask: Ask) async throws in
      files.write("web.yml", beginning)
      files.set(lull: Self.millisecond)
      files.meanwhile { $0.write("web.yml", beginning + Self.users + "# and more\n") }
      #expect(try await ask() == 401)
      #expect(files.pauses == [249 * Self.millisecond])
      #expect(try await ask() == 401 && files.pauses.count == 1)
    }
  }

  @Test("who writes slowly is waited for, and each request only once")
  func slowWriter() async throws {
    try await run { (_: WebSecurity, ask: Ask) async throws in
      files.write("web.yml", "")
      files.set(lull: 0)
      files.meanwhile(
        {
          $0.write("web.yml", "# a\n")
          $0.set(lull: 0)
        },
        {
          $0.write("web.yml", "# ab\n")
          $0.set(lull: 0)
        })
      #expect(try await ask() == 401 && files.pauses.count == 1)
      #expect(try await ask() == 401 && files.pauses.count == 2)
      // Nobody writes any more: it is meant so.
      #expect(try await ask() == 200)
      #expect(log.all.last?.hasPrefix("info web configuration read again") == true)
    }
  }

  @Test("what was left alone, or is demanded, is adopted at once")
  func atOnce() async throws {
    try await run { (security: WebSecurity, ask: Ask) async throws in
      files.write("web.yml", "")
      files.set(lull: 250 * Self.millisecond)
      #expect(try await ask() == 200)
      files.write("web.yml", Self.users)
      files.set(lull: 0)
      #expect(try await ask() == 401)
      files.write("web.yml", "")
      try await security.reload()
      #expect(try await ask() == 200)
      #expect(files.pauses.isEmpty)
    }
  }

  @Test("a time in the future neither opens it at once nor keeps it closed")
  func future() async throws {
    try await run { (_: WebSecurity, ask: Ask) async throws in
      files.write("web.yml", "")
      files.set(lull: -3600 * 1000 * Self.millisecond)
      #expect(try await ask() == 200)
      #expect(files.pauses == [250 * Self.millisecond])
      let reads = files.reads
      for _ in 0..<5 { #expect(try await ask() == 200) }
      #expect(files.reads == reads)
    }
  }

  /// Of TLS, each in the direction that protects less, which its reverse is not.
  @Test(
    "what TLS asks for counts as protection",
    arguments: [
      ("", "none"), ("min_version: TLS13", ""), ("cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]", ""),
      ("curve_preferences: [CurveP384]", ""),
      ("curve_preferences: [CurveP384]", "curve_preferences: [CurveP256, CurveP384]"),
      (
        "client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: c",
        "client_auth_type: VerifyClientCertIfGiven\n  client_ca_file: c"
      ),
      ("client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: c", "client_auth_type: RequireAnyClientCert"),
      (
        "client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [a]",
        "client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [a, b]"
      ),
      ("client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [a]", "client_auth_type: RequireAnyClientCert"),
    ])
  func encryption(more: String, less: String) throws {
    func protection(_ lines: String) throws -> Protection {
      let pair = "tls_server_config:\n  cert_file: a\n  key_file: b\n"
      let text = lines == "none" ? "" : pair + "  \(lines)\n"
      let loader = WebSettingsLoader { path, _ in Array((path == "web.yml" ? text : "pem").utf8) }
      return Protection(try loader.load(file: "web.yml").result.get())
    }
    let (strong, weak) = (try protection(more), try protection(less))
    #expect(strong.loses(to: weak) && !weak.loses(to: strong) && !strong.loses(to: strong))
  }

  @Test(
    "a limit and a header count as protection, another value of them does not",
    arguments: [
      ("rate_limit: { interval: 1s, burst: 5 }\n", "", true),
      ("rate_limit: { interval: 1s, burst: 5 }\n", "rate_limit: { interval: 1s, burst: 9 }\n", false),
      ("http_server_config: { headers: { X-Frame-Options: deny } }\n", "", true),
      (
        "http_server_config: { headers: { X-Frame-Options: deny } }\n",
        "http_server_config: { headers: { x-frame-options: SAMEORIGIN } }\n", false
      ),
      (users, "basic_auth_users: { bob: \(hash) }\n", false), ("", users, false),
    ])
  func losses(before: String, after: String, isWaitedFor: Bool) async throws {
    try await run(before) { (_: WebSecurity, ask: Ask) async throws in
      files.write("web.yml", after)
      files.set(lull: 0)
      _ = try await ask()
      #expect(files.pauses.isEmpty != isWaitedFor)
    }
  }
}
