import EventLoops
import HTTPTypes
import Hummingbird
import Logging
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

  @Test("but for a reload, which reads files")
  func reload() async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let lifecycle = Lifecycle { loop.inEventLoop ? .refused(message: "on the event loop") : .reloaded }
    let front = try await Front(lifecycle: lifecycle)
    let context = BasicRequestContext(
      source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
    let request = Request(
      head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/-/reload"),
      body: RequestBody(buffer: ByteBuffer()))
    let status = try await Task(executorPreference: EventLoopExecutors(MultiThreadedEventLoopGroup.singleton)[loop]) {
      try await front.responder.respond(to: request, context: context).status
    }.value
    #expect(status == .ok)
  }

  @concurrent private static func isOn(_ loop: any EventLoop) async -> Bool { loop.inEventLoop }
}
