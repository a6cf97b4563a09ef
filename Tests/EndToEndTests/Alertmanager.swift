import Foundation
import Loopback

/// Debian's Alertmanager, alone and notifying one webhook.
struct Alertmanager: Sendable {
  private let child: Child
  /// Host and port.
  let address: String

  static func start(notifying webhook: String, in scratch: Scratch) async throws -> Alertmanager {
    let configuration = try scratch.write(
      "alertmanager.yml",
      """
      route: { receiver: webhook, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 1h }
      receivers:
        - name: webhook
          webhook_configs: [{ url: "\(webhook)", send_resolved: true }]
      """)
    return try await start(configuration: configuration, in: scratch)
  }

  /// - Parameter configuration: a file.
  static func start(configuration: String, in scratch: Scratch) async throws -> Alertmanager {
    let address = "127.0.0.1:\(try FreePort.find())"
    let child = try Child(
      try Child.find("prometheus-alertmanager"),
      [
        "--config.file=\(configuration)", "--storage.path=\(scratch.path)/alertmanager",
        "--web.listen-address=\(address)", "--cluster.listen-address=", "--log.level=warn",
      ], in: scratch.path)
    _ = try await HTTP.poll("Alertmanager is ready") {
      try await HTTP.get("http://\(address)/-/ready", timeout: 2).status == 200 ? true : nil
    }
    return Alertmanager(child: child, address: address)
  }

  func signal(_ number: Int32) { child.signal(number) }

  func wait() async { await child.wait() }
}
