import Settings
import Testing

/// What exporter-toolkit takes, and what is made of it.
@Suite struct WebSettingsTests {
  @Test(arguments: ["", "# nothing\n", "---\n", "~", "{}", "tls_server_config:\n", "tls_server_config: {}\n"])
  func nothingIsConfigured(_ yaml: String) throws {
    let settings = try WebFixture.settings(yaml)
    #expect(settings.tls == nil && settings.users.isEmpty && settings.headers.isEmpty && settings.rateLimit == nil)
    #expect(settings.http2 && settings.warnings.isEmpty)
  }

  @Test func defaults() throws {
    let outcome = WebFixture.load(WebFixture.tls())
    let tls = try #require(try outcome.result.get().tls)
    #expect(outcome.files == ["/etc/web/server.crt", "/etc/web/server.key"])
    #expect(tls.certificate.bytes == Array("certificate".utf8))
    #expect(tls.clientAuthentication == .none && tls.clientCA == nil && tls.allowedNames == nil)
    #expect(tls.minimum == .tls12 && tls.maximum == .tls13 && tls.curves.isEmpty)
    #expect(tls.cipherSuites.count == 10 && tls.cipherSuites.first == .ecdheECDSA128GCM)
  }

  @Test func everythingAtOnce() throws {
    let settings = try WebFixture.settings(
      """
      tls_server_config:
        cert: |
          inline certificate
        key: "inline key"
        client_auth_type: RequireAndVerifyClientCert
        client_ca_file: ca.pem
        client_allowed_sans: [one, 10.0.0.1]
        min_version: TLS10
        max_version: TLS12
        cipher_suites:
          - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
          - TLS_AES_128_GCM_SHA256
        prefer_server_cipher_suites: false
        curve_preferences: [CurveP256, CurveP384, CurveP521, X25519, X25519MLKEM768]
      http_server_config:
        http2: no
        headers:
          X-Frame-Options: sameorigin
          X-Content-Type-Options: nosniff
          X-XSS-Protection: 1
          Strict-Transport-Security: max-age=31536000; includeSubDomains
          Content-Security-Policy: "default-src 'self' *.example.net"
      basic_auth_users:
        alice: \(WebFixture.hash)
        1234: \(WebFixture.hash.replacing("$2y$", with: "$2a$"))
      rate_limit: { interval: 1.5s, burst: 20 }
      """)
    let tls = try #require(settings.tls)
    #expect(tls.certificate.bytes == Array("inline certificate\n".utf8) && tls.key.bytes == Array("inline key".utf8))
    #expect(tls.clientAuthentication == .requireAndVerify && tls.clientCA?.bytes == Array("authority".utf8))
    #expect(tls.allowedNames == ["one", "10.0.0.1"] && tls.minimum == .tls10 && tls.maximum == .tls12)
    #expect(tls.cipherSuites == [.ecdheRSA256GCM] && tls.curves == CurveName.allCases)
    #expect(!settings.http2 && settings.headers.count == 5 && settings.headers.last?.value == "1")
    #expect(
      settings.users == [
        "alice": try #require(PasswordHash(WebFixture.hash)), "1234": try #require(PasswordHash(WebFixture.hash)),
      ])
    #expect(settings.rateLimit == RateLimit(interval: 1.5, burst: 20))
  }

  @Test(
    "takes the five modes and the older name of one",
    arguments: [
      ("NoClientCert", ClientAuthentication.none), ("RequestClientCert", .request), ("RequireClientCert", .requireAny),
      ("RequireAnyClientCert", .requireAny), ("VerifyClientCertIfGiven", .verifyIfGiven),
      ("RequireAndVerifyClientCert", .requireAndVerify), ("\"\"", .none),
    ])
  func modes(_ word: String, _ mode: ClientAuthentication) throws {
    #expect(try WebFixture.settings(WebFixture.tls("client_auth_type: \(word)")).tls?.clientAuthentication == mode)
  }

  @Test(
    "reads durations as Go does",
    arguments: [
      ("1s", 1), ("500ms", 0.5), ("1m30s", 90), ("1.5h", 5400), (".5s", 0.5), ("+2s", 2), ("250us", 0.00025),
    ])
  func durations(_ text: String, _ seconds: Double) throws {
    let limit = try WebFixture.settings("rate_limit: { interval: \(text), burst: 1 }").rateLimit
    #expect(abs((limit?.interval ?? 0) - seconds) < 1e-9)
  }

  @Test("limits nothing with an interval of 0", arguments: ["0", "0s", "\"\"", "~"])
  func noLimit(_ interval: String) throws {
    #expect(try WebFixture.settings("rate_limit: { interval: \(interval), burst: 0 }").rateLimit == nil)
  }

  /// The tilde is the system's, not the folder's: paths are taken as they are.
  @Test func pathsAreRelativeToTheFile() {
    let yaml = "tls_server_config: { cert_file: /run/tls/server.crt, key_file: ../web/server.key }"
    let outcome = WebFixture.load(yaml)
    #expect(outcome.files == ["/run/tls/server.crt", "/etc/web/../web/server.key"])
  }

  @Test func suitesOfTLS13AloneLeaveOlderVersionsOut() throws {
    let tls = try WebFixture.settings(WebFixture.tls("cipher_suites: [TLS_AES_256_GCM_SHA384]")).tls
    #expect(tls?.minimum == .tls13)
  }

  @Test(
    "warns",
    arguments: [
      (
        WebFixture.tls("client_auth_type: VerifyClientCertIfGiven"),
        "4:21: without `client_ca_file` every certificate of an authority that this machine trusts is accepted"
      ),
      (
        WebFixture.tls("client_allowed_sans: [one]"),
        "4:3: `client_allowed_sans` has no effect without `client_auth_type`: no client is asked for a name"
      ),
      (
        WebFixture.tls("prefer_server_cipher_suites: true"),
        "4:3: `prefer_server_cipher_suites` has no effect, as in Go since 1.17: of the suites enabled, the client's order decides"
      ),
      (
        "tls_server_config:\n  min_version: TLS13\n",
        "1:1: without `cert_file` and `key_file` there is no TLS: connections are not encrypted"
      ),
      (
        "rate_limit: { interval: 1s, burst: 0 }",
        "1:36: a `burst` of 0 refuses every request: give at least 1"
      ),
      ("rate_limit:\n  interval: 1s\n", "1:1: a `burst` of 0 refuses every request: give at least 1"),
    ])
  func warnings(_ yaml: String, _ warning: String) throws {
    #expect(try WebFixture.warnings(yaml) == [warning])
  }

  @Test func hashesAreNotTakenForVariables() throws {
    let settings = try WebFixture.settings("basic_auth_users:\n  alice: \(WebFixture.hash)\n")
    #expect(settings.users["alice"]?.text == WebFixture.hash && settings.users["alice"]?.cost == 10)
  }

  @Test func nothingSecretIsPrinted() throws {
    let settings = try WebFixture.settings(WebFixture.tls() + "basic_auth_users: { alice: \(WebFixture.hash) }\n")
    var dumped = "\(settings) \(String(reflecting: settings))"
    dump(settings, to: &dumped)
    #expect(
      !dumped.contains("mDwo") && !dumped.contains(Fixture.marker) && !dumped.contains("\(Array(Fixture.marker.utf8))"))
  }
}
