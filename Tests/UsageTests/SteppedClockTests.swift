import Foundation
import Synchronization
import Testing
import Usage

@Suite("A clock that is moved by hand")
struct SteppedClockTests {
  private let start = Date(timeIntervalSince1970: 1_800_000_000)

  /// Who woke, by the deadlines that they slept until.
  private final class Woken: Sendable {
    private let state = Mutex<[TimeInterval]>([])

    func note(_ deadline: TimeInterval) { state.withLock { $0.append(deadline) } }

    func first(_ count: Int) async -> [TimeInterval] {
      while state.withLock({ $0.count < count }) { await Task.yield() }
      return state.withLock { $0 }
    }
  }

  /// Runs `body` while so many sleep.
  private func withSleepers(
    _ deadlines: [TimeInterval], on clock: SteppedClock, _ body: (Woken) async throws -> Void
  ) async throws {
    let woken = Woken()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for deadline in deadlines {
        group.addTask { [start] in
          try await clock.sleep(until: start + deadline)
          woken.note(deadline)
        }
      }
      while clock.sleepers < deadlines.count { await Task.yield() }
      try await body(woken)
      group.cancelAll()
    }
  }

  @Test("stands still between two moves and never goes back")
  func moves() {
    let clock = SteppedClock(start)
    #expect(clock.now() == start)
    clock.advance(to: start + 60)
    clock.advance(to: start + 30)
    #expect(clock.now() == start + 60)
  }

  @Test("wakes those whose deadline it reaches, and nobody else")
  func wakes() async throws {
    let clock = SteppedClock(start)
    try await withSleepers([30, 10, 20], on: clock) { woken in
      for deadline in [10.0, 20, 30] {
        clock.advance(to: start + deadline)
        #expect(clock.sleepers == Int(30 - deadline) / 10)
        let order = await woken.first(Int(deadline) / 10)
        #expect(order == Array([10.0, 20, 30].prefix(Int(deadline) / 10)))
      }
    }
  }

  @Test("lets a deadline pass at once that it has reached already")
  func past() async throws {
    let clock = SteppedClock(start)
    try await clock.sleep(until: start)
    clock.advance(to: start + 60)
    try await clock.sleep(until: start + 59)
    #expect(clock.sleepers == 0)
  }

  @Test("forgets a sleeper who is cancelled, before or during its sleep")
  func cancels() async {
    let clock = SteppedClock(start)
    let sleeper = Task { [start] in try await clock.sleep(until: start + 10) }
    while clock.sleepers == 0 { await Task.yield() }
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    #expect(clock.sleepers == 0)
    let late = Task { [start] in
      withUnsafeCurrentTask { $0?.cancel() }
      try await clock.sleep(until: start + 10)
    }
    await #expect(throws: CancellationError.self) { try await late.value }
  }

  @Test("goes on as the clock that it hands over to, with all who sleep")
  func handsOver() async throws {
    let clock = SteppedClock(start)
    let successor = SteppedClock(start + 5)
    try await withSleepers([20, 3], on: clock) { woken in
      clock.handOver(to: successor)
      // Its own hands are off: only the successor moves it, and wakes.
      clock.advance(to: start + 1000)
      #expect(clock.now() == start + 5)
      #expect(await woken.first(1) == [3])
      while successor.sleepers == 0 { await Task.yield() }
      successor.advance(to: start + 20)
      #expect(await woken.first(2) == [3, 20])
      #expect(clock.now() == start + 20)
    }
    try await clock.sleep(until: start + 20)
  }

  @Test("leaps to the deadline of whoever sleeps, where waiting is to cost nothing")
  func leaps() async throws {
    let clock = SteppedClock(start)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await clock.leapToDeadlines() }
      for round in 1...3 {
        try await clock.sleep(until: start + Double(round) * 100)
        #expect(clock.now() == start + Double(round) * 100)
      }
      group.cancelAll()
    }
  }
}

@Suite("A clock that runs fast")
struct ScaledClockTests {
  @Test("is so many times as far from its origin as the machine's clock is from its epoch", arguments: [1.0, 60, 1440])
  func scales(speed: Double) {
    let origin = Date(timeIntervalSince1970: 1_800_000_000)
    let epoch = Date() - 100
    let clock = ScaledClock(origin: origin, speed: speed, epoch: epoch)
    let before = Date().timeIntervalSince(epoch) * speed
    let shown = clock.now().timeIntervalSince(origin)
    let after = Date().timeIntervalSince(epoch) * speed
    // A date holds no more than a tenth of a microsecond.
    #expect(shown >= before - 0.001 && shown <= after + 0.001)
  }

  @Test("sleeps until its own time has come")
  func sleeps() async throws {
    let origin = Date(timeIntervalSince1970: 1_800_000_000)
    let clock = ScaledClock(origin: origin, speed: 86_400)
    try await clock.sleep(until: origin + 60)
    #expect(clock.now() >= origin + 60)
  }
}
