import Settings
import Testing

/// What exporter-toolkit refuses, and a little more, each with its place.
@Suite struct BadWebSettingsTests {
  @Test(arguments: [
    BadConfiguration(
      "junk", "hWkNKCp3fvIx3jKnsaBI\nTuEjdwNS8A2vYdFbiKqr\n",
      "1:1: the web configuration must be a mapping, with the keys `tls_server_config`, `http_server_config`, "
        + "`basic_auth_users` and `rate_limit`"),
    BadConfiguration(
      "an unknown key", "tls_server_config:\n  cert_filse: server.crt\n",
      "2:3: unknown key `cert_filse`: did you mean `cert_file`?"),
    BadConfiguration(
      "an unknown section", "tls_config: {}\nbasic_auth_user:\n",
      "1:1: unknown key: here can be `tls_server_config`, `http_server_config`, `basic_auth_users` or `rate_limit`",
      "2:1: unknown key `basic_auth_user`: did you mean `basic_auth_users`?"),
    BadConfiguration(
      "no key", "tls_server_config:\n  cert_file: server.crt\n  key_file: \"\"\n",
      "1:1: `key_file` is missing: give the path of the certificate's key, or `key`"),
    BadConfiguration(
      "no certificate", "tls_server_config:\n  cert: ''\n  key_file: server.key\n",
      "1:1: `cert_file` is missing: give the path of the server's certificate, or `cert`"),
    BadConfiguration(
      "a mode alone", "tls_server_config:\n  cert_file:\n  client_auth_type: x\n",
      "1:1: `cert_file` is missing: give the path of the server's certificate, or `cert`",
      "1:1: `key_file` is missing: give the path of the certificate's key, or `key`",
      "3:21: `client_auth_type` must be `NoClientCert`, `RequestClientCert`, `RequireAnyClientCert`, "
        + "`VerifyClientCertIfGiven` or `RequireAndVerifyClientCert`"),
    BadConfiguration(
      "files that are not there", "tls_server_config:\n  cert_file: none\n  key_file: folder\n",
      "2:14: `cert_file`: the file cannot be read (no such file)",
      "3:13: `key_file`: the file cannot be read (it is a directory)"),
    BadConfiguration(
      "both forms",
      WebFixture.tls(
        "cert: x", "key: x", "client_ca: x", "client_ca_file: ca.pem", "client_auth_type: RequestClientCert"),
      "2:3: `cert` and `cert_file` are both given: keep one of them",
      "3:3: `key` and `key_file` are both given: keep one of them",
      "7:3: `client_ca` and `client_ca_file` are both given: keep one of them"),
    BadConfiguration(
      "a client CA without a mode", WebFixture.tls("client_ca_file: ca.pem"),
      "4:19: a client CA has no use without `client_auth_type`: set it to `RequireAndVerifyClientCert`"),
    BadConfiguration(
      "a client CA that is not there",
      WebFixture.tls("client_ca_file: none", "client_auth_type: RequireAndVerifyClientCert"),
      "4:19: `client_ca_file`: the file cannot be read (no such file)"),
    BadConfiguration(
      "no names", WebFixture.tls("client_auth_type: RequireAnyClientCert", "client_allowed_sans: []"),
      "5:24: `client_allowed_sans` is empty: name at least one, or remove it"),
    BadConfiguration(
      "names that are none", WebFixture.tls("client_allowed_sans: ['', [a], b]"),
      "4:25: `client_allowed_sans` must not hold an empty name",
      "4:29: `client_allowed_sans` must be a single value, not a list or a mapping"),
    BadConfiguration(
      "a version", WebFixture.tls("min_version: TLS111", "max_version: 1.3"),
      "4:16: `min_version` must be `TLS10`, `TLS11`, `TLS12` or `TLS13`; did you mean `TLS11`?",
      "5:16: `max_version` must be `TLS10`, `TLS11`, `TLS12` or `TLS13`"),
    BadConfiguration(
      "versions that exclude each other", WebFixture.tls("max_version: TLS11"),
      "4:16: `max_version` is below `min_version`, which is TLS12 unless given: no client could connect"),
    BadConfiguration(
      "an invented curve", WebFixture.tls("curve_preferences: [CurveP257]"),
      "4:23: `curve_preferences` must be `CurveP256`, `CurveP384`, `CurveP521`, `X25519` or `X25519MLKEM768`; "
        + "did you mean `CurveP256`?"),
    BadConfiguration(
      "no suite for HTTP/2",
      WebFixture.tls("cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]", "max_version: TLS12"),
      "4:3: `cipher_suites` needs `TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256` or `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` "
        + "for HTTP/2: add one, or set `http2: false`"),
    BadConfiguration(
      "no suite for the version", WebFixture.tls("cipher_suites: [TLS_AES_128_GCM_SHA256]", "max_version: TLS12"),
      "4:3: `cipher_suites` has none for `max_version`: no client could connect"),
    BadConfiguration(
      "a word for a list", WebFixture.tls("cipher_suites: all"),
      "4:18: `cipher_suites` must be a list, such as [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "
        + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]"),
    BadConfiguration(
      "switches", WebFixture.tls("prefer_server_cipher_suites: 1") + "http_server_config: { http2: maybe }\n",
      "4:32: `prefer_server_cipher_suites` must be true or false", "5:30: `http2` must be true or false"),
    BadConfiguration(
      "headers",
      "http_server_config:\n  headers:\n    Content-Type: foo\n    X-Frame-Options: foo\n"
        + "    X-Content-Type-Options: sniff\n    X-XSS-Protection: \"1\\n\"\n",
      "3:5: unknown key: here can be `Content-Security-Policy`, `Strict-Transport-Security`, `X-Content-Type-Options`, "
        + "`X-Frame-Options` or `X-XSS-Protection`",
      "4:22: `X-Frame-Options` must be `deny` or `sameorigin`", "5:29: `X-Content-Type-Options` must be `nosniff`",
      "6:23: `X-XSS-Protection` must be one line of printable ASCII"),
    BadConfiguration(
      "limits", "rate_limit: { interval: 5, burst: -1 }",
      "1:25: `interval` has no unit: write a duration such as 1s, 500ms or 1m30s, or 0 for no limit",
      "1:35: `burst` must be a whole number from 0 to 1000000"),
    BadConfiguration(
      "a limit of the past", "rate_limit: { interval: -5s, bursts: 1 }",
      "1:25: `interval` must not be negative: write a duration such as 1s, or 0 for no limit",
      "1:30: unknown key `bursts`: did you mean `burst`?"),
  ])
  func refused(_ configuration: BadConfiguration) {
    #expect(WebFixture.faults(configuration.yaml) == configuration.faults)
  }

  private static let noHash =
    "this is no bcrypt hash, which begins with $2y$, $2b$ or $2a$ and has 60 characters: make one with "
    + "`htpasswd -nBC 10 \"\" | tr -d ':\\n'`"

  @Test(
    "refuses hashes, without a word of them or of their users",
    arguments: [
      "doe", "", "[a]", WebFixture.hash + "x", String(WebFixture.hash.dropLast()),
      WebFixture.hash.replacing("$2y$", with: "$2x$"), WebFixture.hash.replacing("$10$", with: "$03$"),
      WebFixture.hash.replacing("$10$", with: "$32$"), WebFixture.hash.replacing("$10$", with: "$1a$"),
      WebFixture.hash.replacing("mDwo", with: "mDw~"), "$1$abc$def",
    ])
  func hashes(_ hash: String) {
    let faults = WebFixture.faults("basic_auth_users:\n  marker-user: \(hash)\n")
    #expect(faults.count == 1)
    let place = hash.isEmpty ? "2:3" : "2:16"
    #expect(
      faults.first
        == "\(place): \(hash == "[a]" ? "`basic_auth_users` must be a single value, not a list or a mapping" : Self.noHash)"
    )
  }

  @Test func usersThatNobodyCanBe() {
    #expect(
      WebFixture.faults(
        "basic_auth_users:\n  'a:b': \(WebFixture.hash)\n  c: \(WebFixture.hash)\n  c: \(WebFixture.hash)\n") == [
          "2:3: the name of a user must not contain a colon: no client could send it",
          "4:3: this key was given on line 3 already: keep one of the two",
        ])
    #expect(
      WebFixture.faults("basic_auth_users: [alice]") == [
        "1:19: `basic_auth_users` must be a mapping of users to bcrypt hashes"
      ])
  }

  @Test func aFileThatIsNotThere() {
    let outcome = WebSettingsLoader { (_, _) throws(FileReadError) in throw .notPermitted }.load(file: "web.yml")
    guard case .failure(let error) = outcome.result else {
      Issue.record("it was read")
      return
    }
    #expect(error.description == "web.yml:1:1: the web configuration file cannot be read (permission denied)")
  }

  /// A file that is wrong now may be repaired without a change of what names it.
  @Test func aRefusedFileStillSaysWhatToWatch() {
    let outcome = WebFixture.load("tls_server_config: { cert_file: none, key_file: server.key }")
    #expect(outcome.files == ["/etc/web/none", "/etc/web/server.key"])
  }
}
