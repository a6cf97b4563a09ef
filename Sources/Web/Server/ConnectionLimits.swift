import HummingbirdCore
import NIOCore

/// What keeps a slow, silent or greedy client from another one's scrape.
enum ConnectionLimits {
  /// Per listener; connections beyond this wait in the kernel's queue.
  static let connections = 512
  /// A client that sends or takes nothing for so long is cut off.
  static let idleSeconds: Int64 = 60
  /// The same for HTTP/2, whose clients are first asked to leave, and for a client in the middle of an answer, which may be
  /// slow.
  static let silence = TimeAmount.seconds(2 * idleSeconds)
  /// How long a body may take to arrive once the head has.
  static let requestPatience = TimeAmount.seconds(idleSeconds)
  static let handshakeTimeout = TimeAmount.seconds(10)
  static let headerBytes = 32 * 1024
  static let backlog: Int32 = 256

  static let http1 = HTTP1Channel.Configuration(
    additionalChannelHandlers: [HeadHold(), BodyCut(patience: requestPatience)], idleTimeout: .seconds(idleSeconds),
    httpDecoderConfiguration: decoder)

  /// HTTP/2 has the library's own limits besides: 100 streams and 16 KiB of headers. Its flow control lets a client keep an
  /// answer waiting on a connection that is busy otherwise.
  static let http2Stream = HTTP1Channel.Configuration(
    additionalChannelHandlers: [StallCut(limit: silence), BodyCut(patience: requestPatience)],
    idleTimeout: .seconds(idleSeconds), httpDecoderConfiguration: decoder)

  private static let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
    maxHeaderFieldSize: headerBytes, maxHeaderListSize: headerBytes, maxHeaderFieldCount: 100)
}
