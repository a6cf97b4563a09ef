package import Hummingbird
package import Logging

/// The HTTP server, with the limits that keep a slow, silent or greedy client from another one's scrape.
package enum ExporterServer {
  /// One server for each endpoint.
  ///
  /// - Parameters:
  ///   - security: TLS for connections; what it says of requests is the responder's to enforce.
  ///   - listening: told the address once connections are accepted.
  package static func make<Responder: ReadyResponder>(
    _ responder: Responder, on endpoint: ListenEndpoint, security: WebSecurity? = nil, logger: Logger,
    listening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
  ) -> HTTPService<Responder> where Responder.Context == BasicRequestContext {
    HTTPService(
      responder: responder, endpoint: endpoint, security: security, logger: logger, listening: listening)
  }
}
