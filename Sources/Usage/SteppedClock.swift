package import Foundation
import Synchronization

/// A clock that is moved by hand over a stretch of time, and then goes on as another one.
///
/// Until then it stands still between two moves. It never goes back.
package final class SteppedClock: WallClock {
  private struct Sleeper {
    let deadline: Date
    let wake: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Date
    var successor: (any WallClock)?
    var nextSleeper = 0
    var sleepers: [Int: Sleeper] = [:]
  }

  private let state: Mutex<State>
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation

  package init(_ start: Date) {
    state = Mutex(State(now: start))
    // Whoever looks sees all who sleep, so one arrival stands for any number of them.
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package func now() -> Date {
    let (standing, successor) = state.withLock { ($0.now, $0.successor) }
    return successor?.now() ?? standing
  }

  /// How many sleep until the clock is moved.
  package var sleepers: Int { state.withLock { $0.sleepers.count } }

  /// Moves to `date`, unless that is in the past, and wakes those whose deadline is reached, the earliest first.
  ///
  /// After ``handOver(to:)`` it does nothing.
  package func advance(to date: Date) {
    let due = state.withLock { state -> [Sleeper] in
      guard state.successor == nil else { return [] }
      state.now = max(state.now, date)
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in due { sleeper.wake.resume() }
  }

  /// From now on this clock tells the time of `successor`, by which those who sleep sleep on.
  package func handOver(to successor: any WallClock) {
    let sleepers = state.withLock { state in
      state.successor = successor
      defer { state.sleepers = [:] }
      return state.sleepers.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in sleepers { sleeper.wake.resume() }
  }

  /// Keeps nobody waiting, until it is cancelled: moves the clock to the deadline of whoever sleeps.
  ///
  /// For a past that is gone through as fast as it can be, in which a wait costs nothing. One task at a time.
  package func leapToDeadlines() async {
    for await _ in arrivals {
      while let next = state.withLock({ $0.sleepers.values.map(\.deadline).min() }) { advance(to: next) }
    }
  }

  package func sleep(until deadline: Date) async throws {
    try await standStill(until: deadline)
    // Woken by the hand-over, or not put to sleep after it: the deadline is for the other clock to keep.
    if let successor = state.withLock(\.successor) { try await successor.sleep(until: deadline) }
  }

  private func standStill(until deadline: Date) async throws {
    let id = state.withLock { state in
      state.nextSleeper += 1
      return state.nextSleeper
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.successor != nil || deadline <= state.now { return .success(()) }
          state.sleepers[id] = Sleeper(deadline: deadline, wake: continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) } else { arrival.yield() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
    }
  }
}
