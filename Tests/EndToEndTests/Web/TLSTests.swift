import Foundation
import Testing

/// TLS as exporter-toolkit's `tls_server_config` asks for it, with clients that are not ours.
@Suite("TLS")
struct TLSTests {
  /// - Parameter lines: added to `tls_server_config`.
  static func yaml(_ lines: String...) -> String {
    "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n" + lines.map { "  \($0)\n" }.joined()
  }

  private func start() async throws -> WebServer {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    return try await WebServer.start(Self.yaml(), in: scratch)
  }

  @Test("serves by HTTP/2 and HTTP/1.1, and nothing without TLS")
  func plain() async throws {
    let server = try await start()
    #expect(try await server.ask() == "200 2")
    #expect(try await server.ask("--http1.1") == "200 1.1")
    #expect(try await server.ask("--no-alpn") == "200 1.1")
    #expect(try await server.ask("--http1.1", scheme: "http") == "000 0")
    #expect(try await server.ask("--http2", path: "/metrics") == "200 2")
    try server.configure(Self.yaml() + "http_server_config: { http2: false }\n")
    #expect(try await server.ask("--http2") == "200 1.1")
    try server.configure("")
    #expect(try await server.ask(scheme: "http") == "200 1.1")
    #expect(try await server.ask() == "000 0")
  }

  struct Mode: Sendable {
    let name: String
    /// No certificate, a stranger's, the right one, one with another name.
    let answers: [Bool]
    /// The same where the right name is asked for; the stranger has it too.
    let named: [Bool]
  }

  @Test(
    "asks for certificates in five ways",
    arguments: [
      Mode(name: "NoClientCert", answers: [true, true, true, true], named: [true, true, true, true]),
      Mode(name: "RequestClientCert", answers: [true, true, true, true], named: [false, true, true, false]),
      Mode(name: "RequireAnyClientCert", answers: [false, true, true, true], named: [false, true, true, false]),
      Mode(name: "VerifyClientCertIfGiven", answers: [true, false, true, true], named: [false, false, true, false]),
      Mode(
        name: "RequireAndVerifyClientCert", answers: [false, false, true, true], named: [false, false, true, false]),
    ])
  func modes(_ mode: Mode) async throws {
    let server = try await start()
    let authority = mode.name == "NoClientCert" ? "" : "client_ca_file: ca.crt"
    for (names, expected) in [("", mode.answers), ("client_allowed_sans: [x, scraper.example.org]", mode.named)] {
      try server.configure(Self.yaml("client_auth_type: \(mode.name)", authority, names))
      var answers = [try await server.ask() == "200 2"]
      for client in ["stranger", "right", "named"] {
        answers.append(try await server.ask("--cert", "\(client).crt", "--key", "\(client).key") == "200 2")
      }
      #expect(answers == expected, "\(names): \(server.child.log)")
    }
  }

  @Test("finds every kind of name in a certificate")
  func names() async throws {
    let scratch = try Scratch()
    let certificates = try await Certificates(in: scratch)
    try await certificates.client(
      "right", names: "email:a@example.org,IP:10.1.2.3,IP:2001:db8:0:0:0:0:0:1,URI:spiffe://example.org/scraper")
    let server = try await WebServer.start(Self.yaml(), in: scratch)
    for (name, isAllowed) in [
      ("a@example.org", true), ("10.1.2.3", true), ("2001:db8::1", true), ("spiffe://example.org/scraper", true),
      ("right", false), ("example.org", false),
    ] {
      try server.configure(
        Self.yaml(
          "client_auth_type: RequireAndVerifyClientCert", "client_ca_file: ca.crt", "client_allowed_sans: ['\(name)']"))
      let answer = try await server.ask("--cert", "right.crt", "--key", "right.key")
      #expect((answer == "200 2") == isAllowed, "\(name)")
    }
  }

  @Test("refuses versions, suites and curves that were not asked for")
  func parameters() async throws {
    let server = try await start()
    let old = "DEFAULT@SECLEVEL=0"
    for (lines, options, succeeds) in [
      ("", ["-tls1_1", "-cipher", old], false), ("", ["-tls1_2"], true), ("", ["-tls1_3"], true),
      ("min_version: TLS13", ["-tls1_2"], false), ("min_version: TLS13", ["-tls1_3"], true),
      ("max_version: TLS12", ["-tls1_3"], false), ("max_version: TLS12", ["-tls1_2"], true),
      ("min_version: TLS10", ["-tls1", "-cipher", old], true),
      ("min_version: TLS11", ["-tls1", "-cipher", old], false),
      ("cipher_suites: [\(Self.suite)]", ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], true),
      ("cipher_suites: [\(Self.suite)]", ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"], false),
      ("cipher_suites: [TLS_AES_128_GCM_SHA256]", ["-tls1_2"], false),
      ("cipher_suites: [TLS_AES_128_GCM_SHA256]", ["-tls1_3"], true),
      ("curve_preferences: [CurveP384]", ["-groups", "P-384"], true),
      ("curve_preferences: [CurveP384]", ["-groups", "X25519:P-256"], false),
      ("curve_preferences: [CurveP521, X25519]", ["-groups", "P-521"], true),
    ] {
      try server.configure(Self.yaml(lines))
      var result = try await server.connect(options)
      #expect(result.succeeds == succeeds, "\(lines) \(options): \(result.output)")
      // A client that offers both finds the one that is left.
      result = try await server.connect(["-cipher", old])
      #expect(result.succeeds || lines.hasPrefix("curve"), "\(lines): \(result.output)")
    }
  }

  private static let suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"

  @Test("takes a renewed certificate without dropping a connection")
  func renewal() async throws {
    let scratch = try Scratch()
    let certificates = try await Certificates(in: scratch)
    let server = try await WebServer.start(Self.yaml(), in: scratch)
    let request = "GET /-/healthy HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
    // One connection with a request before the renewal and one after it.
    let script = """
      { printf '\(request)'; while [ ! -e renewed ]; do sleep 0.02; done; printf '\(request)'; \
      while [ ! -e over ]; do sleep 0.02; done; } | \
      openssl s_client -connect 127.0.0.1:\(server.port) -CAfile ca.crt -quiet -no_ign_eof
      """
    let kept = try Child("/bin/sh", ["-c", script], in: scratch.path)
    func answers() -> Int { kept.log.components(separatedBy: "HTTP/1.1 200 OK").count - 1 }
    _ = try await HTTP.poll("the first answer", every: .milliseconds(20)) { answers() == 1 ? true : nil }
    #expect(try await serial(server) == "serial=01")
    try await certificates.server(serial: 77)
    let renewed = try await serial(server)
    #expect(renewed == "serial=4D")
    _ = try scratch.write("renewed", "")
    _ = try await HTTP.poll("the second answer", every: .milliseconds(20)) { answers() == 2 ? true : nil }
    _ = try scratch.write("over", "")
    await kept.wait()
    #expect(server.child.log.contains("web configuration read again"))
  }

  private func serial(_ server: WebServer) async throws -> String {
    let script = """
      openssl s_client -connect 127.0.0.1:\(server.port) -CAfile ca.crt </dev/null 2>/dev/null | \
      openssl x509 -noout -serial
      """
    let child = try Child("/bin/sh", ["-c", script], in: server.scratch.path)
    await child.wait()
    return child.log.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("keeps a bad file and a half-written certificate out, and says so once")
  func bad() async throws {
    let server = try await start()
    for yaml in ["tls_server_config: { cert_file: server.crt }\n", "not: yaml: at all", Self.yaml("min_version: TLS9")]
    {
      try server.configure(yaml)
      for _ in 0..<2 { #expect(try await server.ask() == "200 2", "\(yaml)") }
    }
    try server.configure(Self.yaml())
    #expect(try await server.ask() == "200 2")
    // A key that is there before its certificate.
    _ = try server.scratch.write("server.key", "-----BEGIN PRIVATE KEY-----\n")
    for _ in 0..<2 { #expect(try await server.ask() == "200 2") }
    let log = server.child.log
    #expect(log.components(separatedBy: "web configuration refused").count - 1 == 4, "\(log)")
  }
}
