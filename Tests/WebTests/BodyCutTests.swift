import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing
import Web

/// "A slow, silent or greedy client is cut off": one that sends what nobody wants.
@Suite("The cut of a body")
struct BodyCutTests {
  private let channel = EmbeddedChannel()

  private func begin() throws {
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try channel.pipeline.syncOperations.addHandler(BodyCut(patience: .seconds(60)))
  }

  private func send(_ parts: HTTPRequestPart...) throws {
    for part in parts { channel.pipeline.fireChannelRead(part) }
    channel.pipeline.fireChannelReadComplete()
    channel.embeddedEventLoop.run()
  }

  private let head = HTTPRequestPart.head(
    HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/-/reload", headerFields: [.contentLength: "9999"]))

  private func body(_ bytes: Int) -> HTTPRequestPart { .body(ByteBuffer(repeating: 120, count: bytes)) }

  @Test("lets small bodies through, one after the other, at any time")
  func small() throws {
    try begin()
    for _ in 0..<3 {
      try send(head)
      channel.embeddedEventLoop.advanceTime(by: .seconds(50))
      try send(body(BodyCut.limit), .end(nil))
      channel.embeddedEventLoop.advanceTime(by: .hours(1))
      #expect(channel.isActive)
    }
    var parts = 0
    while try channel.readInbound(as: HTTPRequestPart.self) != nil { parts += 1 }
    #expect(parts == 9)
  }

  @Test("closes on a body that is too long, in however many parts", arguments: [1, 1000, BodyCut.limit])
  func long(part: Int) throws {
    try begin()
    try send(head)
    for _ in 0..<(BodyCut.limit / part) { try send(body(part)) }
    #expect(channel.isActive)
    try send(body(part))
    #expect(!channel.isActive)
  }

  @Test("closes on one that drips for too long")
  func slow() throws {
    try begin()
    try send(head)
    for _ in 0..<5 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(11))
      try send(body(1))
    }
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(5))
    #expect(!channel.isActive)
  }

  @Test("sets no timer for a request that comes in one piece")
  func noTimer() throws {
    try begin()
    try send(head, .end(nil))
    channel.embeddedEventLoop.advanceTime(by: .hours(1))
    #expect(channel.isActive)
  }
}
