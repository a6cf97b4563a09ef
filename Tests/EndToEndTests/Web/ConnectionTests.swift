import Foundation
import TestSupport
import Testing

/// Connections as clients of all sorts hold them, byte by byte.
@Suite("A connection")
struct ConnectionTests {
  /// What comes back until the server closes; nil if it does not within some seconds.
  private func exchange(
    _ request: String, with exporter: ExporterProcess, in scratch: Scratch
  ) async throws -> String? {
    let port = exporter.url.split(separator: ":").last.map(String.init) ?? ""
    let script = #"exec 3<>/dev/tcp/127.0.0.1/"$0"; printf "$1" >&3; exec cat <&3"#
    let client = try Child(try Child.find("bash"), ["-c", script, port, request], in: scratch.path)
    let deadline = Task {
      try await Task.sleep(for: .seconds(3))
      client.signal(SIGKILL)
    }
    defer { deadline.cancel() }
    // A connection that is closed while the client still sends is reset, which is no success for it.
    return await client.wait() == SIGKILL ? nil : client.log
  }

  @Test("ends after the answer if the client asks for that in any way, and else stays")
  func closes() async throws {
    let scratch = try Scratch()
    let exporter = try await ExporterProcess.alone(in: scratch)
    let host = #"\r\nHost: x"#
    for (request, closes) in [
      (#"GET /-/healthy HTTP/1.0"#, true), (#"GET /metrics HTTP/1.0"#, true),
      (#"GET /-/healthy HTTP/1.1"# + host + #"\r\nConnection: close"#, true),
      (#"GET /metrics HTTP/1.1"# + host + #"\r\nConnection: Close"#, true),
      (#"GET /metrics HTTP/1.1"# + host + #"\r\nConnection: TE, close"#, true),
      (#"HEAD /metrics HTTP/1.0"#, true), (#"GET /nothing HTTP/1.0"#, true),
      (#"GET /metrics HTTP/1.1"# + host, false),
      (#"GET /metrics HTTP/1.0\r\nConnection: keep-alive"#, false),
    ] {
      let answer = try await exchange(request + #"\r\n\r\n"#, with: exporter, in: scratch)
      #expect((answer != nil) == closes, "\(request)")
      if let answer {
        #expect(answer.hasPrefix("HTTP/1.1 "), "\(request)")
        #expect(answer.lowercased().contains("\r\nconnection: close\r\n"), "\(request)")
      }
    }
    // What is too much of a body is not waited for.
    let long = #"POST /metrics HTTP/1.1"# + host + #"\r\nContent-Length: 1000000000\r\n\r\n%100000s"#
    #expect(try await exchange(long, with: exporter, in: scratch) != nil)
    exporter.child.signal(SIGTERM)
    #expect(await exporter.child.wait() == 0)
  }
}
