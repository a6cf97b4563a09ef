import NIOCore
import NIOPosix
import Synchronization

/// Clients that keep a connection busy for as long as they are let.
struct SlowClients: Sendable {
  /// What became of them.
  final class Tally: Sendable {
    private let bytes = Atomic(0)
    private let cut = Atomic(0)

    func received(_ count: Int) { bytes.add(count, ordering: .relaxed) }
    func closed() { cut.add(1, ordering: .relaxed) }
    var words: String { "\(bytes.load(ordering: .relaxed) >> 10) KiB taken, \(cut.load(ordering: .relaxed)) cut off" }
  }

  private let channels: [any Channel]
  private let tally: Tally

  static func start(readers: Int, writers: Int, port: Int) async throws -> SlowClients {
    let tally = Tally()
    var channels: [any Channel] = []
    for number in 0..<(readers + writers) {
      let reads = number < readers
      let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.autoRead, value: false)
        .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
        .channelOption(.socketOption(.so_rcvbuf), value: 4096)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(reads ? SlowClient.reader(tally) : SlowClient.writer(tally))
          }
        }
      channels.append(try await bootstrap.connect(host: "127.0.0.1", port: port).get())
    }
    return SlowClients(channels: channels, tally: tally)
  }

  func end() async throws -> String {
    let words = tally.words
    for channel in channels { channel.close(promise: nil) }
    return words
  }
}

/// Does one small thing every fifth of a second.
private final class SlowClient: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n"
  private let tally: SlowClients.Tally
  private let reads: Bool
  private var rest: Substring

  private init(_ tally: SlowClients.Tally, reads: Bool, request: String) {
    self.tally = tally
    self.reads = reads
    rest = request[...]
  }

  static func reader(_ tally: SlowClients.Tally) -> SlowClient {
    SlowClient(tally, reads: true, request: request + "\r\n")
  }

  static func writer(_ tally: SlowClients.Tally) -> SlowClient {
    SlowClient(tally, reads: false, request: request + "X-Slow: " + String(repeating: "x", count: 20_000))
  }

  func channelActive(context: ChannelHandlerContext) {
    if reads {
      send(rest, context)
      rest = ""
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(200)) { task in
      let (client, context) = bound.value
      guard context.channel.isActive else { return task.cancel() }
      if client.reads {
        context.read()
      } else {
        client.send(client.rest.prefix(1), context)
        client.rest = client.rest.dropFirst()
        context.read()
      }
    }
  }

  private func send(_ text: Substring, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(substring: text)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    tally.received(unwrapInboundIn(data).readableBytes)
  }

  func channelInactive(context: ChannelHandlerContext) { tally.closed() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
