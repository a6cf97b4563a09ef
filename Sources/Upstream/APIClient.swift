package import Foundation
package import Usage

/// A request to a provider's API, relative to its base address.
package struct APIRequest: Sendable {
  /// The value of the label `endpoint`: a path without identifiers.
  package let endpoint: String
  package let method: WireRequest.Method
  /// Path and query, percent-encoded.
  package let path: String
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]
  /// The media types that can be read.
  package let accept: String

  package init(
    endpoint: String, _ method: WireRequest.Method = .get, path: String,
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], accept: String = "application/json"
  ) {
    self.endpoint = endpoint
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
    self.accept = accept
  }
}

/// The whole answer to an ``APIRequest``, whatever its status.
package struct APIResponse: Sendable {
  package let head: WireHead
  package let body: [UInt8]
  /// When it was there: what it says of a pause counts from then.
  package let at: Date

  package var isSuccess: Bool { (200..<300).contains(head.status) }
}

/// Told of every request when it is over.
package protocol RequestObserver: Sendable {
  /// - Parameter status: nil if there was no answer.
  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?)

  /// Told of the head of every answer as it arrives, whatever its status and whatever becomes of its body.
  func answerBegan(_ head: WireHead, at now: Date)
}

extension RequestObserver {
  package func answerBegan(_ head: WireHead, at now: Date) {}
}

/// Asks one workspace's provider: with its credential, through its gate, at its address.
package struct APIClient: Sendable {
  package static let jsonLimit = 256 << 20
  package static let csvLimit = 4 << 30

  package let baseURL: String
  package let gate: RequestGate
  package let clock: any WallClock
  let secret: SecretBox
  let transport: @Sendable (_ url: String) -> any Transport
  let observer: any RequestObserver

  package init(
    baseURL: String, secret: SecretBox, gate: RequestGate, clock: any WallClock, observer: any RequestObserver,
    transport: @escaping @Sendable (_ url: String) -> any Transport
  ) {
    self.baseURL = baseURL
    self.secret = secret
    self.gate = gate
    self.clock = clock
    self.observer = observer
    self.transport = transport
  }

  /// The same client, telling another observer.
  package func observed(by observer: any RequestObserver) -> APIClient {
    APIClient(
      baseURL: baseURL, secret: secret, gate: gate, clock: clock, observer: observer, transport: transport)
  }

  /// Sends one request with the workspace's credential and makes something of the answer.
  ///
  /// - Parameter interpret: gets every status; what it does not know it leaves to ``UpstreamFailure/status(_:at:)``.
  /// - Throws: ``UpstreamFailure``, also if the gate withholds the request.
  package func fetch<Product: Sendable>(
    _ request: APIRequest, _ interpret: (APIResponse) throws(UpstreamFailure) -> Product
  ) async throws(UpstreamFailure) -> Product {
    try await send(request, limit: Self.jsonLimit, into: { _ in WholeBody() }) { head, body throws(UpstreamFailure) in
      try interpret(APIResponse(head: head, body: body, at: clock.now()))
    }
  }

  /// Sends one request with the workspace's credential and streams the body of a success.
  ///
  /// - Parameters:
  ///   - sink: takes in the body of a success as it comes, chosen by its head.
  ///   - refused: gets every answer that is no success, and throws what it means; if it does not throw, the answer is
  ///     neither a success nor a failure.
  /// - Returns: nil for such an answer.
  /// - Throws: ``UpstreamFailure``, also if the gate withholds the request.
  package func stream<Sink: BodySink>(
    _ request: APIRequest, into sink: @escaping @Sendable (WireHead) -> Sink,
    refused: (APIResponse) throws(UpstreamFailure) -> Void
  ) async throws(UpstreamFailure) -> Sink.Product? {
    try await send(request, limit: Self.csvLimit, into: { SuccessSink($0, sink) }) {
      head, body throws(UpstreamFailure) in
      switch body {
      case .success(let product): return product
      case .refusal where (200..<300).contains(head.status):
        throw UpstreamFailure(.decode, "the answer has no body where there should be rows", status: head.status)
      case .refusal(let bytes):
        try refused(APIResponse(head: head, body: bytes, at: clock.now()))
        return nil
      }
    }
  }

  /// Sends a request; again with a new credential if the old one is refused and was replaced meanwhile.
  private func send<Sink: BodySink, Product: Sendable>(
    _ request: APIRequest, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink,
    _ interpret: (WireHead, Sink.Product) throws(UpstreamFailure) -> Product
  ) async throws(UpstreamFailure) -> Product {
    let credential = secret.secret
    do {
      return try await send(request, with: credential, limit: limit, into: sink, interpret)
    } catch {
      // A credential is usually replaced before the old one is refused: the new one gets its chance at once.
      guard error.reason == .auth, !error.wasWithheld, secret.hasReplacement(for: credential) else { throw error }
      return try await send(request, with: secret.secret, limit: limit, into: sink, interpret)
    }
  }

  private func send<Sink: BodySink, Product: Sendable>(
    _ request: APIRequest, with credential: Secret, limit: Int, into sink: @escaping @Sendable (WireHead) -> Sink,
    _ interpret: (WireHead, Sink.Product) throws(UpstreamFailure) -> Product
  ) async throws(UpstreamFailure) -> Product {
    let wire = WireRequest(
      request.method, baseURL + request.path,
      headers: request.headers
        + [("authorization", "Bearer " + credential.reveal()), ("accept", request.accept)] + Self.commonHeaders,
      body: request.body)
    return try await observed(request.endpoint, credential) { () async throws(UpstreamFailure) in
      let (head, body) = try await follow(wire, credentialed: true, limit: limit, into: sink)
      return (head, Result { () throws(UpstreamFailure) in try interpret(head, body) })
    }
  }

  /// Fetches a signed address, without the credential and without ever repeating the address anywhere.
  ///
  /// - Parameter sink: takes in the body of a success as it comes.
  /// - Throws: ``UpstreamFailure``; `.schema` if the address is not https although ``baseURL`` is.
  package func download<Sink: BodySink>(
    _ url: String, endpoint: String, into sink: @escaping @Sendable () -> Sink
  ) async throws(UpstreamFailure) -> Sink.Product {
    guard let scheme = URLComponents(string: url)?.scheme?.lowercased(),
      scheme == "https" || scheme == "http" && baseURL.lowercased().hasPrefix("http://")
    else {
      throw .schema("the provider gave a download address that is not https")
    }
    let wire = WireRequest(.get, url, headers: Self.commonHeaders)
    return try await observed(endpoint, nil) { () async throws(UpstreamFailure) in
      let (head, body) = try await follow(wire, credentialed: false, limit: Self.csvLimit) { head in
        SuccessSink(head) { _ in sink() }
      }
      guard case .success(let product) = body else {
        let message = "the provider's storage refused the download; a new address is asked for next time"
        return (head, .failure(UpstreamFailure(.server, message, status: head.status)))
      }
      return (head, .success(product))
    }
  }

  private static let commonHeaders = [("accept-encoding", "gzip"), ("user-agent", "agent-usage-exporter")]

  /// Passes the gate, times the request and tells gate and observer what came of it.
  ///
  /// - Parameter credential: what the request carries; nil for one that does not go to the API, which costs no token and
  ///   whose failure says nothing about the API.
  private func observed<Product: Sendable>(
    _ endpoint: String, _ credential: Secret?,
    _ send: () async throws(UpstreamFailure) -> (WireHead, Result<Product, UpstreamFailure>)
  ) async throws(UpstreamFailure) -> Product {
    try await gate.enter(free: credential == nil)
    let start = ContinuousClock.now
    var head: WireHead?
    let result: Result<Product, UpstreamFailure>
    do {
      let (received, outcome) = try await send()
      head = received
      result = outcome
    } catch {
      result = .failure(error)
    }
    var failure: UpstreamFailure?
    if case .failure(let reason) = result { failure = reason }
    if isGatesBusiness(failure, credential) { await gate.note(failure) }
    await gate.leave()
    observer.requestEnded(
      endpoint: endpoint, status: head?.status ?? failure?.status, failure: failure?.reason,
      seconds: start.duration(to: .now).seconds, limits: head.flatMap { RateLimitHeaders($0, at: clock.now()) })
    return try result.get()
  }

  /// The refusal of a credential that has been replaced meanwhile must not make the new one wait.
  private func isGatesBusiness(_ failure: UpstreamFailure?, _ credential: Secret?) -> Bool {
    guard let failure else { return true }
    guard let credential else { return false }
    return failure.reason != .auth || !secret.hasReplacement(for: credential)
  }
}
