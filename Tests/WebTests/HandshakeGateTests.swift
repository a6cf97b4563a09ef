import NIOCore
import NIOEmbedded
import NIOTLS
import Testing
import Web

/// What passes before, while and after a handshake, on a loop whose time the test moves.
@Suite("The gate of a handshake")
struct HandshakeGateTests {
  private static func channel(_ names: Set<String>? = nil) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(HandshakeGate(allowedNames: names, timeout: .seconds(10)))
    channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    return channel
  }

  private static let done = TLSUserEvent.handshakeCompleted(negotiatedProtocol: "h2")

  @Test("cuts off one that does not end")
  func endless() throws {
    let channel = try Self.channel()
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(9_999))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(!channel.isActive)
  }

  @Test("lets bytes through when it is done, and no timeout then")
  func done() throws {
    let channel = try Self.channel()
    try channel.writeInbound(ByteBuffer(string: "early"))
    channel.pipeline.fireUserInboundEventTriggered(Self.done)
    try channel.writeInbound(ByteBuffer(string: "request"))
    channel.embeddedEventLoop.advanceTime(by: .minutes(1))
    #expect(channel.isActive)
    #expect(try channel.readInbound(as: ByteBuffer.self).map { String(buffer: $0) } == "request")
  }

  @Test("lets nobody through without a certificate where names are asked for")
  func nameless() throws {
    let channel = try Self.channel(["scraper.example.org"])
    channel.pipeline.fireUserInboundEventTriggered(Self.done)
    try channel.writeInbound(ByteBuffer(string: "request"))
    #expect(!channel.isActive)
    #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
  }

  @Test("ends at once when the exporter stops")
  func stopping() throws {
    let channel = try Self.channel()
    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    #expect(!channel.isActive)
  }
}
