package import NIOCore

/// Closes a connection, or a stream of HTTP/2, whose client takes nothing of an answer for too long, so that it does not keep the body and its
/// place among the connections.
///
/// The library's idle timeout does not see it: to it, a request that is being answered is not idle.
package final class StallCut: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = NIOAny
  package typealias OutboundIn = IOData

  private let limit: TimeAmount
  private var pending = 0
  private var lastProgress = NIODeadline.uptimeNanoseconds(0)
  private var check: Scheduled<Void>?

  /// - Parameter limit: how long not one write may come to its end while some are waiting.
  package init(limit: TimeAmount) {
    self.limit = limit
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if pending == 0 { lastProgress = context.eventLoop.now }
    pending += 1
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { _ in
      self.pending -= 1
      self.lastProgress = context.eventLoop.now
    }
    context.write(data, promise: written)
    if check == nil { scheduleCheck(context, in: limit) }
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    check?.cancel()
    check = nil
  }

  private func scheduleCheck(_ context: ChannelHandlerContext, in delay: TimeAmount) {
    check = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
      self.check = nil
      guard self.pending > 0 else { return }
      let stalled = context.eventLoop.now - self.lastProgress
      if stalled >= self.limit {
        context.close(promise: nil)
      } else {
        self.scheduleCheck(context, in: self.limit - stalled)
      }
    }
  }
}
