import HTTPTypes
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import NIOTLS

/// A connection: plain, or with TLS and then HTTP/1.1 or HTTP/2, as the configuration says when it is opened.
struct SecureChannel: ServerChildChannel {
  enum Connection: Sendable {
    case http1(HTTP1Channel.Value)
    case http2(HTTP2Channel.Value)
  }

  struct Value: ServerChildChannelValue {
    let connection: EventLoopFuture<Connection>
    let channel: any Channel
  }

  private let http1: HTTP1Channel
  private let http2: HTTP2Channel
  private let security: WebSecurity?
  private let date: HTTPDate
  private let ready: @Sendable (_ request: HTTPRequest, _ largest: Int) -> ReadyAnswer?

  /// - Parameter ready: what is answered at once over plain HTTP/1.1.
  init(
    responder: @escaping HTTPChannelHandler.Responder, security: WebSecurity?, date: HTTPDate,
    ready: @escaping @Sendable (_ request: HTTPRequest, _ largest: Int) -> ReadyAnswer?
  ) {
    http1 = HTTP1Channel(responder: responder, configuration: ConnectionLimits.http1)
    http2 = HTTP2Channel(
      responder: responder,
      configuration: HTTP2ChannelConfiguration(
        idleTimeout: .seconds(ConnectionLimits.idleSeconds), gracefulCloseTimeout: .seconds(2),
        streamConfiguration: ConnectionLimits.http2Stream))
    self.security = security
    self.date = date
    self.ready = ready
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let stallCut = channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(StallCut(limit: ConnectionLimits.silence))
    }
    guard let security else { return stallCut.flatMap { plain(channel, logger) } }
    return stallCut.flatMap { security.current(on: channel.eventLoop) }.flatMap { snapshot in
      guard let tls = snapshot.tls else { return plain(channel, logger) }
      return channel.eventLoop.makeCompletedFuture { try secure(channel, tls, logger) }
    }
  }

  func handle(value: Value, logger: Logger) async {
    do {
      switch try await value.connection.get() {
      case .http1(let connection): await http1.handle(value: connection, logger: logger)
      case .http2(let connection): await http2.handle(value: connection, logger: logger)
      }
    } catch {
      // A client that went away, or that could not agree on how to encrypt.
      logger.debug("connection failed before the first request", metadata: ["error": "\(error)"])
    }
  }

  private func plain(_ channel: any Channel, _ logger: Logger) -> EventLoopFuture<Value> {
    http1Connection(channel, logger).flatMapThrowing { connection in
      let pipeline = channel.pipeline.syncOperations
      // Behind the library's own bookkeeping of requests, which closes idle connections.
      let bookkeeping = try pipeline.handler(type: HTTPConnectionStateHandler.self)
      try pipeline.addHandler(ReadyAnswerHandler(date: date, answer: ready), position: .after(bookkeeping))
      return Value(connection: channel.eventLoop.makeSucceededFuture(.http1(connection)), channel: channel)
    }
  }

  private func http1Connection(_ channel: any Channel, _ logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http1.setup(channel: channel, logger: logger).flatMapThrowing { connection in
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(ConnectionEnd(), position: .before(codec))
      return connection
    }
  }

  /// Called on the channel's event loop.
  private func secure(_ channel: any Channel, _ tls: TLSState, _ logger: Logger) throws -> Value {
    let pipeline = channel.pipeline.syncOperations
    let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Connection> { result in
      if case .negotiated("h2") = result {
        return silenceCut(channel).flatMap { http2.setup(channel: channel, logger: logger) }.map { .http2($0) }
      }
      return http1Connection(channel, logger).map { .http1($0) }
    }
    try pipeline.addHandler(tls.handler())
    try pipeline.addHandler(
      HandshakeGate(allowedNames: tls.allowedNames, timeout: ConnectionLimits.handshakeTimeout))
    try pipeline.addHandler(negotiation)
    return Value(connection: negotiation.protocolNegotiationResult, channel: channel)
  }

  /// The library's own idle timeout asks an HTTP/2 client to leave, which one that is gone does not hear.
  private func silenceCut(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(IdleStateHandler(allTimeout: ConnectionLimits.silence))
      try pipeline.addHandler(SilenceCut())
    }
  }
}

/// Closes a connection on which nothing has moved for too long.
private final class SilenceCut: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
