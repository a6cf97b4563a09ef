import EventLoops
import NIOCore
import NIOEmbedded
import Testing

@Suite("A sleep on an event loop")
struct SleepTests {
  @Test("ends when the loop's clock says so, and not before")
  func ends() async throws {
    let loop = NIOAsyncTestingEventLoop()
    let start = loop.now
    let sleeper = Task(executorPreference: EventLoopExecutor(loop)) {
      try await loop.sleep(for: .seconds(60))
      return loop.now
    }
    await loop.run()
    await loop.advanceTime(by: .seconds(59))
    await loop.advanceTime(by: .seconds(1))
    #expect(try await sleeper.value - start == .seconds(60))
    await loop.shutdownGracefully()
  }

  @Test("ends at once when its task is cancelled")
  func cancelled() async {
    let loop = NIOAsyncTestingEventLoop()
    let sleeper = Task(executorPreference: EventLoopExecutor(loop)) { try await loop.sleep(for: .seconds(60)) }
    await loop.run()
    sleeper.cancel()
    await loop.run()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    await loop.shutdownGracefully()
  }
}
