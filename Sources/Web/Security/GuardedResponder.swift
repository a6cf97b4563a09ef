package import HTTPTypes
package import Hummingbird
import NIOCore
package import Publication
import Settings
import Synchronization

/// Enforces what the web configuration says of requests: headers, rate limit, basic authentication.
package struct GuardedResponder<Base: ReadyResponder>: ReadyResponder {
  package typealias Context = Base.Context

  private let base: Base
  private let security: WebSecurity?
  private let standing: ExporterStanding
  private let routes: GuardedRoutes
  private let authenticator: Authenticator
  private let limiter = LimiterBox()

  /// - Parameter security: nil lets everything through.
  package init(
    _ base: Base, security: WebSecurity?, standing: ExporterStanding, telemetryPath: String,
    authenticator: @autoclosure () -> Authenticator = Authenticator()
  ) {
    self.base = base
    self.security = security
    self.standing = standing
    routes = GuardedRoutes(telemetryPath: telemetryPath)
    self.authenticator = authenticator()
  }

  @concurrent package func respond(to request: Request, context: Context) async throws -> Response {
    guard let security else { return try await base.respond(to: request, context: context) }
    let snapshot = await security.current()
    var response: Response
    if let refusal = await refusal(of: request, snapshot) {
      standing.countRequest(handler: routes.handler(of: request.uri.path), code: refusal.status.code)
      response = request.method == .head ? refusal.createHeadResponse() : refusal
    } else {
      response = try await base.respond(to: request, context: context)
    }
    // The operator's word against the page's own.
    for header in snapshot.headers { response.headers[header.name] = header.value }
    return response
  }

  /// What the web configuration says may have to be read first.
  package func readyAnswer(to request: HTTPRequest, largest: Int) -> ReadyAnswer? {
    security == nil ? base.readyAnswer(to: request, largest: largest) : nil
  }

  /// - Returns: nil if the request may pass.
  private func refusal(of request: Request, _ snapshot: WebSnapshot) async -> Response? {
    if routes.isOpen(request.uri.path) { return nil }
    if let limit = snapshot.rateLimit, !limiter.allows(limit) {
      return Response.refusal(.tooManyRequests, "Too Many Requests")
    }
    guard !snapshot.users.isEmpty else { return nil }
    switch await authenticator.verify(request.headers[.authorization], users: snapshot.users) {
    case .allowed: return nil
    case .refused:
      var response = Response.refusal(.unauthorized, "Unauthorized")
      response.headers[.wwwAuthenticate] = "Basic"
      return response
    case .busy:
      // Not 429: this client may have asked for the first time. Prometheus tries again at the next scrape.
      var response = Response.refusal(.serviceUnavailable, "Too many passwords are being verified")
      response.headers[.retryAfter] = "1"
      return response
    }
  }
}

/// The bucket of the limit in force; another limit begins with a full one.
private final class LimiterBox: Sendable {
  private let limiter = Mutex<RateLimiter?>(nil)
  private let start = ContinuousClock.now

  func allows(_ limit: RateLimit) -> Bool {
    let elapsed = start.duration(to: .now).components
    let now = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return limiter.withLock { limiter in
      var current = limiter.flatMap { $0.serves(limit) ? $0 : nil } ?? RateLimiter(limit, at: now)
      defer { limiter = current }
      return current.allows(at: now)
    }
  }
}

extension Response {
  fileprivate static func refusal(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8", .xContentTypeOptions: "nosniff"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
  }
}
