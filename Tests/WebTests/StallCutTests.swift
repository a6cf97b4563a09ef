import NIOCore
import NIOEmbedded
import Testing
import Web

/// "A slow, silent or greedy client is cut off": one that asks for an answer and does not take it.
@Suite("The cut of a stall")
struct StallCutTests {
  /// A socket of which the test says when it takes something.
  private final class Socket: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private var waiting: [EventLoopPromise<Void>?] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      waiting.append(promise)
    }

    func takeOne() { waiting.removeFirst()?.succeed() }
  }

  private func run(_ body: (EmbeddedChannel, Socket) throws -> Void) throws {
    let socket = Socket()
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers(socket, StallCut(limit: .seconds(60)))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try body(channel, socket)
    _ = try? channel.finish()
  }

  private func send(_ channel: EmbeddedChannel) {
    channel.write(IOData.byteBuffer(ByteBuffer(string: "piece")), promise: nil)
  }

  @Test("closes when nothing is taken for the limit")
  func stalled() throws {
    try run { channel, _ in
      send(channel)
      send(channel)
      channel.embeddedEventLoop.advanceTime(by: .seconds(59))
      #expect(channel.isActive)
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      #expect(!channel.isActive)
    }
  }

  @Test("lets a client be slow that takes something now and then")
  func slow() throws {
    try run { channel, socket in
      for _ in 0..<5 { send(channel) }
      for _ in 0..<4 {
        channel.embeddedEventLoop.advanceTime(by: .seconds(45))
        socket.takeOne()
      }
      #expect(channel.isActive)
      channel.embeddedEventLoop.advanceTime(by: .seconds(59))
      #expect(channel.isActive)
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      #expect(!channel.isActive)
    }
  }

  @Test("leaves a connection alone between two answers")
  func idle() throws {
    try run { channel, socket in
      send(channel)
      socket.takeOne()
      channel.embeddedEventLoop.advanceTime(by: .hours(1))
      #expect(channel.isActive)
      send(channel)
      channel.embeddedEventLoop.advanceTime(by: .seconds(59))
      #expect(channel.isActive)
      channel.embeddedEventLoop.advanceTime(by: .seconds(61))
      #expect(!channel.isActive)
    }
  }
}
