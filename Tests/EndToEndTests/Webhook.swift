import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A receiver of Alertmanager's notifications.
final class Webhook: Sendable {
  /// One alert of a notification; see Alertmanager's `webhook_config`.
  struct Alert: Decodable, Sendable {
    let status: String
    let labels: [String: String]
    let annotations: [String: String]

    var name: String { labels["alertname"] ?? "" }
  }

  private struct Notification: Decodable {
    let alerts: [Alert]
  }

  private let received = Mutex<[Alert]>([])

  var alerts: [Alert] { received.withLock { $0 } }

  /// Listens for as long as `body` runs, which is given the address.
  func withRunning(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let (ports, opened) = AsyncStream<Int>.makeStream()
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in try await self.answer(request) },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { opened.yield($0.localAddress?.port ?? 0) },
      logger: Logger(label: "webhook") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do { try await application.run() } catch is CancellationError {}
      }
      defer { group.cancelAll() }
      for await port in ports {
        try await body("http://127.0.0.1:\(port)/")
        return
      }
    }
  }

  private func answer(_ request: Request) async throws -> Response {
    let body = try await request.body.collect(upTo: 1 << 20)
    let notification = try JSONDecoder().decode(Notification.self, from: Data(body.readableBytesView))
    received.withLock { $0 += notification.alerts }
    return Response(status: .ok)
  }
}
