package import NIOCore
package import NIOHTTP1

/// Closes a connection after the answer where the request asks for that: by a word in a list, in whatever case, or by being
/// HTTP/1.0 without `keep-alive` (RFC 9112, sections 9.3 and 9.6).
///
/// The library behind it knows no versions, and the word by itself alone.
package final class ConnectionEnd: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPServerRequestPart
  package typealias InboundOut = HTTPServerRequestPart
  package typealias OutboundIn = HTTPServerResponsePart
  package typealias OutboundOut = HTTPServerResponsePart

  /// What the answers to come say of the connection, one for each request.
  private var words: CircularBuffer<String?> = []

  package init() {}

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else {
      context.fireChannelRead(data)
      return
    }
    if head.isKeepAlive {
      // Those of HTTP/1.1 stay without a word.
      words.append(head.version == .http1_0 ? "keep-alive" : nil)
    } else {
      words.append("close")
      head.headers.replaceOrAdd(name: "connection", value: "close")
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data), let word = words.popFirst() ?? nil else {
      context.write(data, promise: promise)
      return
    }
    head.headers.replaceOrAdd(name: "connection", value: word)
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}
