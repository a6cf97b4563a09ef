import Foundation
import Loopback

/// The exporter with a web configuration, over a provider that nobody can reach.
struct WebServer: Sendable {
  let child: Child
  let scratch: Scratch
  let port: Int

  static func environment(in scratch: Scratch) -> [String: String] {
    [
      "AGENTPHONE_API_KEY": "k", "AGENTPHONE_BASE_URL": "http://127.0.0.1:9", "AGENTUSAGE_STATE_PATH": ":memory:",
    ]
  }

  static func start(_ yaml: String, in scratch: Scratch) async throws -> WebServer {
    let port = try FreePort.find()
    let file = try scratch.write("web.yml", yaml)
    let child = try Child(
      try Child.exporter(), ["serve", "--web.config.file", file, "--web.listen-address", "127.0.0.1:\(port)"],
      environment: environment(in: scratch), in: scratch.path)
    do {
      _ = try await HTTP.poll("it listens", every: .milliseconds(10)) {
        child.log.contains("msg=listening") ? true : nil
      }
    } catch {
      throw Child.Missing(description: "\(error): \(child.log)")
    }
    return WebServer(child: child, scratch: scratch, port: port)
  }

  /// What the next connection is to find.
  func configure(_ yaml: String) throws { _ = try scratch.write("web.yml", yaml) }

  /// Asks with curl.
  ///
  /// - Returns: status and version of HTTP, as `200 2`; `000 0` where there was no answer.
  func ask(_ options: String..., path: String = "/", scheme: String = "https") async throws -> String {
    try await status(options, path: path, scheme: scheme)
  }

  func status(_ options: [String], path: String, scheme: String) async throws -> String {
    try await curl(options + ["-o", "/dev/null", "-w", "%{http_code} %{http_version}"], path: path, scheme: scheme)
  }

  func body(_ options: String..., path: String, scheme: String) async throws -> String {
    try await curl(options, path: path, scheme: scheme)
  }

  /// - Returns: the answer's headers, in lower case.
  func headers(_ options: String..., path: String = "/", scheme: String = "https") async throws -> [String] {
    try await curl(options + ["-D", "-", "-o", "/dev/null"], path: path, scheme: scheme).lowercased()
      .split(whereSeparator: \.isNewline).map(String.init)
  }

  private func curl(_ options: [String], path: String, scheme: String) async throws -> String {
    let child = try Child(
      try Child.find("curl"),
      ["-s", "--max-time", "20", "--cacert", "ca.crt"] + options + ["\(scheme)://127.0.0.1:\(port)\(path)"],
      in: scratch.path)
    await child.wait()
    return child.log
  }

  /// What `openssl s_client` says of a connection.
  func connect(_ options: [String]) async throws -> (succeeds: Bool, output: String) {
    let child = try Child(
      try Child.find("openssl"),
      ["s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", "ca.crt", "-verify_return_error"] + options,
      in: scratch.path)
    return (await child.wait() == 0, child.log)
  }
}
