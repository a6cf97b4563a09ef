package import NIOCore
package import NIOHTTPTypes

/// Keeps the head of an answer until its body follows, so that both leave in one write and arrive in one piece.
///
/// The exporter's bodies are all there when the head is written.
package final class HeadHold: ChannelOutboundHandler, RemovableChannelHandler {
  package typealias OutboundIn = HTTPResponsePart
  package typealias OutboundOut = HTTPResponsePart

  private var holds = false

  package init() {}

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head = unwrapOutboundIn(data) { holds = true } else { holds = false }
    context.write(data, promise: promise)
  }

  package func flush(context: ChannelHandlerContext) {
    if !holds { context.flush() }
  }
}
