import Foundation
import Usage

extension APIClient {
  static let redirectLimit = 5

  /// Sends a request and follows redirects by hand: at most five, none to another host with the credential, none from
  /// https to http, none that would turn a POST into something else.
  func follow<Sink: BodySink>(
    _ request: WireRequest, credentialed: Bool, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink
  ) async throws(UpstreamFailure) -> (WireHead, Sink.Product) {
    var request = request
    for _ in 0...Self.redirectLimit {
      let (head, product) = try await transport(request.url).send(request, limit: limit, into: noting(sink))
      guard let target = Self.redirectTarget(of: head, for: request) else { return (head, product) }
      guard Self.mayFollow(from: request.url, to: target, credentialed: credentialed) else {
        throw UpstreamFailure.status(head, at: clock.now())
      }
      request = WireRequest(request.method, target, headers: request.headers, body: request.body)
    }
    throw UpstreamFailure(.server, "more than \(Self.redirectLimit) redirects: check base_url", cause: .redirect)
  }

  /// The same sink; the observer learns of the head at once, so that no body's length comes between.
  private func noting<Sink: BodySink>(
    _ sink: @escaping @Sendable (WireHead) -> Sink
  ) -> @Sendable (WireHead) -> Sink {
    let observer = observer
    let clock = clock
    return { head in
      observer.answerBegan(head, at: clock.now())
      return sink(head)
    }
  }

  private static func redirectTarget(of head: WireHead, for request: WireRequest) -> String? {
    let keepsMethod = head.status == 307 || head.status == 308
    guard keepsMethod || request.method == .get && [301, 302, 303].contains(head.status) else { return nil }
    guard let location = head.first("location"), let base = URL(string: request.url) else { return nil }
    return URL(string: location, relativeTo: base)?.absoluteString
  }

  private static func mayFollow(from old: String, to new: String, credentialed: Bool) -> Bool {
    guard let old = URLComponents(string: old), let new = URLComponents(string: new), let scheme = new.scheme else {
      return false
    }
    if old.scheme?.lowercased() == "https", scheme.lowercased() != "https" { return false }
    let sameHost = old.host?.lowercased() == new.host?.lowercased() && old.port == new.port
    return sameHost || !credentialed
  }
}
