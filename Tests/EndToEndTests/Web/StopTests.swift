import Foundation
import Testing

/// The end of an exporter with a web configuration, while clients go on coming.
@Suite("Stopping")
struct StopTests {
  /// Openwall's vector for the password `U*U`.
  private static let users =
    "basic_auth_users: { alice: $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW }\n"

  /// New connections without end, 40 at a time, each for one request; the shell outlives what it cannot reach any more.
  private static func flood(_ server: WebServer, scheme: String) throws -> Child {
    let curl = """
      curl -s --cacert ca.crt --http1.1 -Z --parallel-max 40 -H 'Connection: close' -o /dev/null \
      '\(scheme)://127.0.0.1:\(server.port)/-/healthy?[1-400]'
      """
    return try Child("/bin/sh", ["-c", "while [ ! -e over ]; do \(curl); done"], in: server.scratch.path)
  }

  /// Asks for more than all buffers on the way hold, and takes nothing of it.
  private static func glutton(_ server: WebServer, scheme: String) throws -> Child {
    let request = "GET /metrics HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Basic YWxpY2U6VSpV\\r\\n\\r\\n"
    let client =
      scheme == "https"
      ? "openssl s_client -connect 127.0.0.1:\(server.port) -CAfile ca.crt -quiet -no_ign_eof"
      : "curl -s -N telnet://127.0.0.1:\(server.port)"
    let script = """
      { i=0; while [ $i -lt 3000 ]; do printf '\(request)'; i=$((i+1)); done; while [ ! -e over ]; do sleep 0.1; done; } \
      | \(client) | { head -c 1 >glutton; while [ ! -e over ]; do sleep 0.1; done; }
      """
    return try Child("/bin/sh", ["-c", script], in: server.scratch.path)
  }

  @Test("no connection that comes meanwhile ends it otherwise", arguments: ["https", "http"])
  func flood(scheme: String) async throws {
    for _ in 0..<4 {
      let scratch = try Scratch()
      _ = try await Certificates(in: scratch)
      let server = try await WebServer.start((scheme == "https" ? TLSTests.yaml() : "") + Self.users, in: scratch)
      let flood = try Self.flood(server, scheme: scheme)
      _ = try await HTTP.poll("the flood", every: .milliseconds(10)) {
        let body = try await server.body("-u", "alice:U*U", path: "/metrics", scheme: scheme)
        return body.contains(/handler="\/-\/healthy",code="200"} [1-9][0-9]/) ? true : nil
      }
      try await stop(server)
      _ = try scratch.write("over", "")
      await flood.wait()
    }
  }

  @Test("a client that takes nothing of its answer does not keep it", arguments: ["https", "http"])
  func glutton(scheme: String) async throws {
    let scratch = try Scratch()
    _ = try await Certificates(in: scratch)
    let server = try await WebServer.start((scheme == "https" ? TLSTests.yaml() : "") + Self.users, in: scratch)
    let glutton = try Self.glutton(server, scheme: scheme)
    _ = try await HTTP.poll("the glutton", every: .milliseconds(10)) {
      try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/glutton")).isEmpty ? nil : true
    }
    try await stop(server)
    _ = try scratch.write("over", "")
    await glutton.wait()
  }

  private func stop(_ server: WebServer) async throws {
    let begin = ContinuousClock.now
    server.child.signal(SIGTERM)
    #expect(await server.child.wait() == 0, "\(server.child.log.suffix(2000))")
    let elapsed = begin.duration(to: .now)
    #expect(elapsed < .seconds(20), "\(elapsed)")
    #expect(server.child.log.contains("msg=stopped"))
  }
}
