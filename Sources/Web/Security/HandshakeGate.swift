package import NIOCore
import NIOSSL
import NIOTLS

/// Lets nothing through until the handshake is done and the client's certificate has an allowed name, and cuts off a
/// handshake that takes too long.
///
/// Names are looked at after the library's own verification. As in Go, a client without a certificate has no allowed name.
package final class HandshakeGate: ChannelInboundHandler, RemovableChannelHandler {
  package typealias InboundIn = ByteBuffer
  package typealias InboundOut = ByteBuffer

  private enum State {
    case shaking(deadline: Scheduled<Void>?)
    case open
    case refused
  }

  private let allowedNames: Set<String>?
  private let timeout: TimeAmount
  private var state = State.shaking(deadline: nil)

  package init(allowedNames: Set<String>?, timeout: TimeAmount) {
    self.allowedNames = allowedNames
    self.timeout = timeout
  }

  package func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    state = .shaking(deadline: context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) })
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch (event, state) {
    case (TLSUserEvent.handshakeCompleted, .shaking(let deadline)):
      deadline?.cancel()
      guard isAllowed(context) else {
        state = .refused
        context.close(promise: nil)
        return
      }
      state = .open
      context.fireUserInboundEventTriggered(event)
    case (is ChannelShouldQuiesceEvent, .shaking):
      context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .open = state { context.fireChannelRead(data) }
  }

  package func channelInactive(context: ChannelHandlerContext) {
    if case .shaking(let deadline) = state { deadline?.cancel() }
    context.fireChannelInactive()
  }

  private func isAllowed(_ context: ChannelHandlerContext) -> Bool {
    guard let allowedNames else { return true }
    guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() else { return false }
    return CertificateNames.all(of: certificate).contains { allowedNames.contains($0) }
  }
}
