/// A request as it goes out.
package struct WireRequest: Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package let method: Method
  package let url: String
  package var headers: [(name: String, value: String)]
  package let body: [UInt8]

  package init(_ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// The status and headers of an answer.
package struct WireHead: Sendable {
  package let status: Int
  /// Names in lower case.
  package let headers: [(name: String, value: String)]

  package init(status: Int, headers: [(name: String, value: String)]) {
    self.status = status
    self.headers = headers.map { ($0.name.lowercased(), $0.value) }
  }

  package func first(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

/// Takes in the chunks of a body as they come, and makes something of them at the end.
package protocol BodySink: Sendable {
  associatedtype Product: Sendable

  /// - Throws: ``UpstreamFailure`` to end the transfer.
  mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure)
  mutating func finish() throws(UpstreamFailure) -> Product
}

/// The whole body in memory.
package struct WholeBody: BodySink {
  private var bytes: [UInt8] = []

  package init() {}

  package mutating func receive(_ chunk: Span<UInt8>) {
    chunk.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  package mutating func finish() -> [UInt8] { bytes }
}

/// Sends requests. One call is one request: redirects are the caller's business.
package protocol Transport: Sendable {
  /// - Parameters:
  ///   - limit: the most bytes of the body, decoded, that are taken.
  ///   - sink: chosen by the head of the answer.
  /// - Throws: ``UpstreamFailure`` `.timeout`, `.network`, `.tooLarge`, or what the sink throws.
  func send<Sink: BodySink>(
    _ request: WireRequest, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink
  ) async throws(UpstreamFailure) -> (WireHead, Sink.Product)
}
