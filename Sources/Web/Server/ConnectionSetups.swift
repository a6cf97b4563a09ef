package import NIOCore
import Synchronization

/// Counts the connections that are accepted and not yet handed to whoever serves them.
package final class ConnectionSetups: Sendable {
  private struct State {
    var underWay = 0
    var waiters: [EventLoopPromise<Void>] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// Counts what `body` begins until it has come to its end.
  package func during<Value: Sendable>(_ body: () -> EventLoopFuture<Value>) -> EventLoopFuture<Value> {
    state.withLock { $0.underWay += 1 }
    let setup = body()
    setup.whenComplete { _ in self.end() }
    return setup
  }

  /// Succeeds as soon as none is under way.
  package func idle(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
    let promise = eventLoop.makePromise(of: Void.self)
    let isIdle = state.withLock { state in
      if state.underWay > 0 { state.waiters.append(promise) }
      return state.underWay == 0
    }
    if isIdle { promise.succeed() }
    return promise.futureResult
  }

  private func end() {
    let waiters = state.withLock { state in
      state.underWay -= 1
      guard state.underWay == 0 else { return [EventLoopPromise<Void>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.succeed() }
  }
}
