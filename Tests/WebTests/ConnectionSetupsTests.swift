import NIOCore
import NIOPosix
import Testing
import Web

/// Whoever stops waits for the connections that are being set up.
@Suite("Set-ups of connections")
struct ConnectionSetupsTests {
  private struct Fault: Error {}

  @Test("are waited for, whatever becomes of them")
  func idle() async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let setups = ConnectionSetups()
    try await setups.idle(on: loop).get()
    let promises = (0..<3).map { _ in loop.makePromise(of: Int.self) }
    let outcomes = promises.map { promise in setups.during { promise.futureResult } }
    let idle = setups.idle(on: loop)
    let others = setups.idle(on: loop)
    promises[0].succeed(1)
    promises[1].fail(Fault())
    #expect(try await outcomes[0].get() == 1)
    await #expect(throws: Fault.self) { try await outcomes[1].get() }
    // Both ends were counted on the loop by now, and the third is under way.
    let isOver = try await loop.submit { try? idle.assumeIsolated().pollResult() }.get()
    #expect(isOver == nil)
    promises[2].succeed(3)
    try await idle.get()
    try await others.get()
    try await setups.idle(on: loop).get()
  }
}

extension EventLoopFuture.Isolated where Value == Void {
  /// Whether it has come to its end: what completed before runs its callbacks at once.
  fileprivate func pollResult() throws -> Bool? {
    var isOver = false
    whenComplete { _ in isOver = true }
    return isOver ? true : nil
  }
}
