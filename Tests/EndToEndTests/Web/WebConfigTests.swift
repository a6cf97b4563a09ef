import Foundation
import Loopback
import Testing

/// Basic authentication, headers, limits and start-up with a web configuration.
@Suite("web.yml")
struct WebConfigTests {
  /// Openwall's vector for the password `U*U`.
  private static let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
  private static let users = "basic_auth_users: { alice: \(hash), bob: \(hash) }\n"

  private func run(_ arguments: [String], in scratch: Scratch) async throws -> (status: Int32, output: String) {
    let child = try Child(
      try Child.exporter(), arguments, environment: WebServer.environment(in: scratch), in: scratch.path)
    return (await child.wait(), child.log)
  }

  @Test("asks for a password, with TLS and without")
  func passwords() async throws {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    for (yaml, scheme, version) in [(Self.users, "http", "1.1"), (TLSTests.yaml() + Self.users, "https", "2")] {
      let server = try await WebServer.start(yaml, in: scratch)
      for (credentials, status) in [
        ("", 401), ("alice:U*U", 200), ("bob:U*U", 200), ("alice:U*U", 200), ("alice:wrong", 401), ("carol:U*U", 401),
        ("alice:", 401),
      ] {
        let options = credentials.isEmpty ? [] : ["-u", credentials]
        let answer = try await server.status(options, path: "/metrics", scheme: scheme)
        #expect(answer == "\(status) \(version)", "\(credentials)")
      }
      for path in ["/-/healthy", "/-/ready"] {
        #expect(try await server.ask(path: path, scheme: scheme) == "200 \(version)")
      }
      #expect(try await server.headers(scheme: scheme).contains("www-authenticate: basic"))
      let body = try await server.body("-u", "alice:U*U", path: "/metrics", scheme: scheme)
      #expect(body.contains("agentusage_exporter_http_requests_total{handler=\"/metrics\",code=\"401\"} 4"), "\(body)")
      let log = server.child.log
      #expect(!log.contains("alice") && !log.contains("U*U") && !log.contains("$2a$"))
    }
  }

  @Test("takes new users with the next request")
  func changedUsers() async throws {
    let scratch = try Scratch()
    let server = try await WebServer.start("", in: scratch)
    #expect(try await server.ask(scheme: "http") == "200 1.1")
    try server.configure(Self.users)
    #expect(try await server.ask(scheme: "http") == "401 1.1")
    #expect(try await server.ask("-u", "alice:U*U", scheme: "http") == "200 1.1")
    try server.configure("basic_auth_users: { bob: \(Self.hash) }\n")
    #expect(try await server.ask("-u", "alice:U*U", scheme: "http") == "401 1.1")
  }

  @Test("sets headers and limits requests")
  func headers() async throws {
    let server = try await WebServer.start(
      """
      http_server_config:
        headers:
          X-Frame-Options: deny
          X-Content-Type-Options: nosniff
          X-XSS-Protection: 1
          Strict-Transport-Security: max-age=31536000; includeSubDomains
          Content-Security-Policy: "default-src 'self'"
      rate_limit: { interval: 1h, burst: 2 }
      """, in: try Scratch())
    for status in ["200", "200", "429"] {
      let headers = try await server.headers(scheme: "http")
      #expect(headers.first?.hasPrefix("http/1.1 \(status)") == true)
      for header in [
        "x-frame-options: deny", "x-content-type-options: nosniff", "x-xss-protection: 1",
        "strict-transport-security: max-age=31536000; includesubdomains", "content-security-policy: default-src 'self'",
      ] {
        #expect(headers.contains(header), "\(headers)")
      }
    }
  }

  /// The two sample files of exporter-toolkit's documentation.
  @Test("takes the samples of the documentation", arguments: [true, false])
  func samples(isMinimal: Bool) async throws {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    let rest = """
      basic_auth_users:
        alice: $2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze
        bob: $2y$10$hLqFl9jSjoAAy95Z/zw8Ye8wkdMBM8c5Bn1ptYqP/AXyV0.oy0S8m
      rate_limit:
        interval: "1s"
        burst: 20
      """
    let server = try await WebServer.start(TLSTests.yaml() + (isMinimal ? "" : rest), in: scratch)
    #expect(try await server.ask(path: "/metrics") == (isMinimal ? "200 2" : "401 2"))
    #expect(try await server.ask(path: "/-/healthy") == "200 2")
  }

  @Test("refuses to start with what is wrong, each fault with its place")
  func start() async throws {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    let bad = try scratch.write(
      "bad.yml", TLSTests.yaml("min_version: TLS14") + "basic_auth_users: { marker-user: marker-hash }\n")
    for command in [["serve"], ["demo"], ["check-config"]] {
      let result = try await run(command + ["--web.config.file", bad], in: scratch)
      #expect(result.status == 1)
      for place in ["\(bad):4:16: ", "\(bad):5:34: "] { #expect(result.output.contains(place), "\(result.output)") }
      #expect(!result.output.contains("marker"))
    }
    let pair = try scratch.write("pair.yml", "tls_server_config:\n  cert_file: server.crt\n  key_file: right.key\n")
    let result = try await run(["check-config", "--web.config.file", pair], in: scratch)
    #expect(result.status == 1)
    #expect(result.output.contains("\(pair):3:13: the key does not belong to the server's certificate"))
    let leaf = try scratch.write(
      "leaf.yml", TLSTests.yaml("client_auth_type: RequireAndVerifyClientCert", "client_ca_file: right.crt"))
    let rootless = try await run(["check-config", "--web.config.file", leaf], in: scratch)
    #expect(rootless.status == 1 && rootless.output.contains("\(leaf):5:19: the client CA holds no root"))
    let missing = try await run(["serve", "--web.config.file", "none.yml"], in: scratch)
    #expect(missing.status == 1 && missing.output.contains("none.yml:1:1: the web configuration file cannot be read"))
    let good = try scratch.write("good.yml", TLSTests.yaml("client_auth_type: VerifyClientCertIfGiven"))
    let sound = try await run(["check-config", "--web.config.file", good], in: scratch)
    #expect(
      sound.status == 0 && sound.output.contains("good.yml: sound") && sound.output.contains("warning: \(good):4:21"))
  }

  @Test("reports health over TLS, whomever the certificate names")
  func health() async throws {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    let server = try await WebServer.start(TLSTests.yaml() + Self.users, in: scratch)
    let environment = [
      "AGENTUSAGE_WEB_CONFIG_FILE": "web.yml", "AGENTUSAGE_WEB_LISTEN_ADDRESS": "127.0.0.1:\(server.port)",
    ]
    let child = try Child(try Child.exporter(), ["health"], environment: environment, in: scratch.path)
    #expect(await child.wait() == 0, "\(child.log)")
    // The exporter goes on with the file before, and so is as well as it was.
    try server.configure("tls_server_config: [")
    let faulty = try Child(try Child.exporter(), ["health"], environment: environment, in: scratch.path)
    #expect(await faulty.wait() == 0, "\(faulty.log)")
    server.child.signal(SIGTERM)
    #expect(await server.child.wait() == 0)
    let dead = try Child(try Child.exporter(), ["health"], environment: environment, in: scratch.path)
    #expect(await dead.wait() == 1)
    #expect(dead.log.contains("https://") && dead.log.contains("; http://"), "\(dead.log)")
    let plain = try await WebServer.start(Self.users, in: scratch)
    try plain.configure("basic_auth_users: [")
    let open = try Child(
      try Child.exporter(), ["health"],
      environment: environment.merging(["AGENTUSAGE_WEB_LISTEN_ADDRESS": "127.0.0.1:\(plain.port)"]) { $1 },
      in: scratch.path)
    #expect(await open.wait() == 0, "\(open.log)")
  }

  /// systemd's own tool starts the exporter at the first connection, with every socket.
  @Test("listens on the sockets that systemd passes")
  func sockets() async throws {
    let scratch = try Scratch()
    let ports = [try FreePort.find(), try FreePort.find()]
    var arguments = ports.flatMap { ["-l", "127.0.0.1:\($0)"] }
    for (name, value) in WebServer.environment(in: scratch) { arguments += ["-E", "\(name)=\(value)"] }
    let child = try Child(
      try Child.find("systemd-socket-activate"),
      arguments + [try Child.exporter(), "serve", "--web.systemd-socket", "--web.listen-address", "192.0.2.1:1"],
      in: scratch.path)
    for port in ports {
      let status = try await HTTP.poll("port \(port)", every: .milliseconds(20)) {
        try await HTTP.get("http://127.0.0.1:\(port)/-/ready", timeout: 5).status
      }
      #expect(status == 200, "\(child.log)")
    }
    child.signal(SIGTERM)
    #expect(await child.wait() == 0)
    let none = try await run(["serve", "--web.systemd-socket"], in: scratch)
    #expect(none.status == 1 && none.output.contains("systemd passed no sockets"))
  }
}
