import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals
import Web

/// Reads the configuration again when it is told to: by SIGHUP, or by a request that waits for what comes of it.
///
/// Reloads are one after the other; requests that come together share one.
final class Reloader: Service {
  private struct State {
    var isOver = false
    var callers: [CheckedContinuation<Lifecycle.Outcome, Never>] = []
  }

  private let perform: @Sendable () async -> Lifecycle.Outcome
  private let state = Mutex(State())
  private let calls: AsyncStream<Void>
  private let call: AsyncStream<Void>.Continuation

  init(_ perform: @escaping @Sendable () async -> Lifecycle.Outcome) {
    self.perform = perform
    (calls, call) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func reload() async -> Lifecycle.Outcome {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if !state.isOver { state.callers.append(continuation) }
        return state.isOver
      }
      if isOver { continuation.resume(returning: .stopping) } else { call.yield() }
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown { await self.serve() }
    for caller in takeCallers(last: true) { caller.resume(returning: .stopping) }
  }

  private func serve() async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { self.call.yield() }
      }
      for await _ in calls {
        let callers = takeCallers()
        let outcome = await perform()
        for caller in callers { caller.resume(returning: outcome) }
      }
      group.cancelAll()
    }
  }

  private func takeCallers(last: Bool = false) -> [CheckedContinuation<Lifecycle.Outcome, Never>] {
    state.withLock { state in
      defer { state.callers = [] }
      if last { state.isOver = true }
      return state.callers
    }
  }
}
