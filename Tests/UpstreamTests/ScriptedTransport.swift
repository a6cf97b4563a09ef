import Foundation
import Synchronization
import Upstream
import Usage

/// A transport that answers out of a script and writes down what it was asked.
final class ScriptedTransport: Transport {
  struct Reply: Sendable {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body = ""
    var failure: UpstreamFailure?

    static func redirect(_ status: Int, to location: String) -> Reply {
      Reply(status: status, headers: [("Location", location)], body: "moved")
    }
  }

  private let script: @Sendable (WireRequest) -> Reply
  private let sent = Mutex<[WireRequest]>([])

  /// - Parameter script: what each request gets.
  init(_ script: @escaping @Sendable (WireRequest) -> Reply) {
    self.script = script
  }

  var requests: [WireRequest] { sent.withLock { $0 } }

  func send<Sink: BodySink>(
    _ request: WireRequest, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink
  ) async throws(UpstreamFailure) -> (WireHead, Sink.Product) {
    sent.withLock { $0.append(request) }
    let reply = script(request)
    if let failure = reply.failure { throw failure }
    let head = WireHead(status: reply.status, headers: reply.headers)
    var sink = sink(head)
    let bytes = Array(reply.body.utf8)
    if bytes.count > limit { throw UpstreamFailure(.tooLarge, "the answer is larger than the limit") }
    try sink.receive(bytes.span)
    return (head, try sink.finish())
  }
}

extension WireRequest {
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
}

/// The ends of requests, as they are told to an observer.
final class Ends: RequestObserver {
  struct End: Sendable, Equatable {
    let endpoint: String
    let status: Int?
    let failure: UpstreamFailure.Reason?
    let limits: RateLimitHeaders?
  }

  private let state = Mutex<[End]>([])

  var all: [End] { state.withLock { $0 } }

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { $0.append(End(endpoint: endpoint, status: status, failure: failure, limits: limits)) }
  }
}
