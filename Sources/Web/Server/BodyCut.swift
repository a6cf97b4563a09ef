package import NIOCore
package import NIOHTTPTypes

/// Closes a connection, or a stream of HTTP/2, whose client sends a body without end or too slowly: nothing that is served
/// wants one, and small ones are let through, as some clients send them whatever is asked.
///
/// The library's idle timeout begins anew with each part of a body, and its limits are those of who reads it.
package final class BodyCut: ChannelInboundHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPRequestPart
  package typealias InboundOut = HTTPRequestPart

  /// Bytes of a body.
  package static let limit = 64 * 1024

  private let patience: TimeAmount
  private var received = 0
  private var isOpen = false
  private var deadline: Scheduled<Void>?

  /// - Parameter patience: how long a body may take to arrive once the head has.
  package init(patience: TimeAmount) {
    self.patience = patience
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: (received, isOpen) = (0, true)
    case .body(let part):
      received += part.readableBytes
      if received > Self.limit {
        context.close(promise: nil)
        return
      }
    case .end: finish()
    }
    context.fireChannelRead(data)
  }

  package func channelReadComplete(context: ChannelHandlerContext) {
    // Nearly every request comes in one piece, and needs no timer.
    if isOpen, deadline == nil {
      deadline = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { context.close(promise: nil) }
    }
    context.fireChannelReadComplete()
  }

  package func handlerRemoved(context: ChannelHandlerContext) { finish() }

  private func finish() {
    isOpen = false
    deadline?.cancel()
    deadline = nil
  }
}
