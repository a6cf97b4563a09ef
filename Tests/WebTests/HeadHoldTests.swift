import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOPosix
import Testing
import Web

@Suite("The head of an answer")
struct HeadHoldTests {
  @Test("leaves with its body, and with the end of an answer without one")
  func together() throws {
    let channel = EmbeddedChannel(handler: HeadHold())
    func waiting() throws -> Int {
      var count = 0
      while try channel.readOutbound(as: HTTPResponsePart.self) != nil { count += 1 }
      return count
    }
    for body in [true, false] {
      channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
      #expect(try waiting() == 0)
      if body {
        channel.writeAndFlush(HTTPResponsePart.body(ByteBuffer(string: "text")), promise: nil)
        #expect(try waiting() == 2)
      }
      channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
      #expect(try waiting() == (body ? 1 : 2))
    }
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  @Test("and the rest of a connection's work is on its event loop, and off it where it takes time")
  func executor() async {
    let group = MultiThreadedEventLoopGroup.singleton
    let loop = group.any()
    let executors = EventLoopExecutors(group)
    let isOn = await Task(executorPreference: executors[loop]) { @concurrent in loop.inEventLoop }.value
    #expect(isOn)
    let isOff = await Task(executorPreference: executors[loop]) { @concurrent in
      await withTaskExecutorPreference(globalConcurrentExecutor) { await Self.isOn(loop) }
    }.value
    #expect(!isOff)
  }

  @concurrent private static func isOn(_ loop: any EventLoop) async -> Bool { loop.inEventLoop }
}
