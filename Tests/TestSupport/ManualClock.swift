package import Foundation
import Synchronization
import Usage

/// A clock that stands still until it is moved. Sleepers wake when it passes their deadline.
package final class ManualClock: WallClock {
  private struct State {
    var now: Date
    var nextSleeper = 0
    var sleepers: [Int: (deadline: Date, wake: CheckedContinuation<Void, any Error>)] = [:]
  }

  private let state: Mutex<State>

  package init(_ start: Date) {
    state = Mutex(State(now: start))
  }

  package func now() -> Date { state.withLock(\.now) }

  package func advance(by seconds: TimeInterval) {
    set(now().addingTimeInterval(seconds))
  }

  /// Moves to `date`, also backwards, and wakes every sleeper whose deadline it reaches.
  package func set(_ date: Date) {
    let due = state.withLock { state in
      state.now = date
      let due = state.sleepers.filter { $0.value.deadline <= date }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in due { sleeper.wake.resume() }
  }

  package var sleepers: Int { state.withLock { $0.sleepers.count } }

  package func sleep(until deadline: Date) async throws {
    let id = state.withLock { state in
      state.nextSleeper += 1
      return state.nextSleeper
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let wakeNow: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if deadline <= state.now { return .success(()) }
          state.sleepers[id] = (deadline, continuation)
          return nil
        }
        if let wakeNow { continuation.resume(with: wakeNow) }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
      sleeper?.wake.resume(throwing: CancellationError())
    }
  }
}
