import Foundation
package import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Gives answers that are ready from where the request was read, so that a scrape with nothing to wait for costs no task,
/// no stream and no turn of the event loop. All other requests go on to the asynchronous channel behind it.
package final class ReadyAnswerHandler: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPRequestPart
  package typealias InboundOut = HTTPRequestPart
  package typealias OutboundIn = HTTPResponsePart
  package typealias OutboundOut = HTTPResponsePart

  /// Bytes that go into a socket's buffers at once. What is larger is under way for a while, in which a stop must wait for it
  /// and a slow client must be told from one that is idle: that is the asynchronous channel's business.
  private static let largest = 2 << 20

  private let answer: @Sendable (_ request: HTTPRequest, _ largest: Int) -> ReadyAnswer?
  private let date: HTTPDate
  /// Requests that went on and have no whole answer yet: those behind them have to wait for their turn.
  private var others = 0
  /// For the request that is being read.
  private var ready: ReadyAnswer?

  package init(date: HTTPDate, answer: @escaping @Sendable (_ request: HTTPRequest, _ largest: Int) -> ReadyAnswer?) {
    self.date = date
    self.answer = answer
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let request):
      // A client that does not take its answers is waited for by the asynchronous channel.
      if others == 0, context.channel.isWritable, Self.isPlain(request) { ready = answer(request, Self.largest) }
      if ready != nil { return }
      others += 1
    case .body where ready != nil: return
    case .end where ready != nil:
      write(context)
      return
    default: break
    }
    context.fireChannelRead(data)
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { others -= 1 }
    context.write(data, promise: promise)
  }

  /// Whether nothing follows the head, and the connection is to be kept.
  private static func isPlain(_ request: HTTPRequest) -> Bool {
    let fields = request.headerFields
    return request.method == .get && !fields.contains(.connection) && !fields.contains(.expect)
      && !fields.contains(.contentLength) && !fields.contains(.transferEncoding)
  }

  private func write(_ context: ChannelHandlerContext) {
    guard let ready else { return }
    self.ready = nil
    var head = ready.head
    head.headerFields[.date] = date.text(at: Int(Date().timeIntervalSince1970))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    for part in ready.body { context.write(wrapOutboundOut(.body(part)), promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
