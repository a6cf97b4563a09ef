import Foundation
import Synchronization
import TestSupport
import Testing
import Upstream

/// "Every workspace has a token bucket and at most 2 requests under way."
@Suite struct RequestGateTests {
  private static let start = Date(timeIntervalSince1970: 1_795_093_631)

  /// Requests that are let in and stay under way until they are told to leave.
  private final class Crowd: Sendable {
    private let state = Mutex<(entered: Int, most: Int, inside: Int)>((0, 0, 0))

    var entered: Int { state.withLock(\.entered) }
    var most: Int { state.withLock(\.most) }

    func comes() {
      state.withLock { state in
        state.entered += 1
        state.inside += 1
        state.most = max(state.most, state.inside)
      }
    }

    func goes() { state.withLock { $0.inside -= 1 } }
  }

  /// Polls, without a guess at how long it takes: fails after ten seconds.
  private func eventually(_ condition: () async -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while await !condition() {
      try #require(ContinuousClock.now < end, "it never came to pass")
      await Task.yield()
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  private func failure(of body: () async throws(UpstreamFailure) -> Void) async -> UpstreamFailure? {
    do throws(UpstreamFailure) {
      try await body()
      return nil
    } catch {
      return error
    }
  }

  private static func refused(retryIn seconds: TimeInterval? = nil) -> UpstreamFailure {
    UpstreamFailure(.rateLimited, "slow", status: 429, retryAt: seconds.map { start.addingTimeInterval($0) })
  }

  // MARK: Slots

  @Test func neverMoreThanTwoUnderWay() async throws {
    let gate = RequestGate(perMinute: 1000, clock: ManualClock(Self.start))
    let crowd = Crowd()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          try await gate.enter()
          crowd.comes()
          await Task.yield()
          crowd.goes()
          await gate.leave()
        }
      }
      try await group.waitForAll()
    }
    #expect(crowd.entered == 200)
    #expect(crowd.most <= 2)
  }

  @Test func aThirdWaitsForOneToLeave() async throws {
    let gate = RequestGate(perMinute: 1000, clock: ManualClock(Self.start))
    let crowd = Crowd()
    try await gate.enter()
    try await gate.enter()
    let third = Task {
      try await gate.enter()
      crowd.comes()
    }
    for _ in 0..<200 { await Task.yield() }
    #expect(crowd.entered == 0)
    await gate.leave()
    try await third.value
    #expect(crowd.entered == 1)
  }

  // MARK: Tokens

  @Test func noMoreThanSoManyAMinute() async throws {
    let clock = ManualClock(Self.start)
    let gate = RequestGate(perMinute: 6, clock: clock)
    let crowd = Crowd()
    let requests = Task {
      for _ in 0..<10 {
        try await gate.enter()
        crowd.comes()
        await gate.leave()
      }
    }
    // Full at first, then one every ten seconds.
    for granted in 6..<10 {
      try await eventually { crowd.entered == granted && clock.sleepers == 1 }
      clock.advance(by: 9.9)
      #expect(clock.sleepers == 1)
      #expect(crowd.entered == granted)
      clock.advance(by: 0.1)
    }
    try await requests.value
    #expect(crowd.entered == 10)
    #expect(clock.now() == Self.start.addingTimeInterval(40))
  }

  @Test func aDownloadCostsNoToken() async throws {
    let gate = RequestGate(perMinute: 1, clock: ManualClock(Self.start))
    for _ in 0..<20 {
      try await gate.enter(free: true)
      await gate.leave()
    }
    try await gate.enter()
    await gate.leave()
  }

  /// Its address may not be good for as long as another request takes.
  @Test func aDownloadIsTheNext() async throws {
    let gate = RequestGate(perMinute: 1000, clock: ManualClock(Self.start))
    try await gate.enter()
    try await gate.enter()
    let waiting = Task { try await gate.enter() }
    for _ in 0..<200 { await Task.yield() }
    let crowd = Crowd()
    let download = Task {
      try await gate.enter(free: true)
      crowd.comes()
    }
    for _ in 0..<200 { await Task.yield() }
    await gate.leave()
    try await download.value
    #expect(crowd.entered == 1)
    await gate.leave()
    try await waiting.value
  }

  // MARK: Blocks

  @Test func aBlockWithholdsUntilItIsOver() async throws {
    let clock = ManualClock(Self.start)
    let gate = RequestGate(perMinute: 100, clock: clock)
    await gate.note(Self.refused(retryIn: 60))
    let withheld = try #require(await failure { () async throws(UpstreamFailure) in try await gate.enter() })
    #expect(withheld.wasWithheld && withheld.reason == .rateLimited && withheld.status == nil)
    #expect(withheld.retryAt == Self.start.addingTimeInterval(60))
    clock.advance(by: 59.999)
    #expect(await failure { () async throws(UpstreamFailure) in try await gate.enter(free: true) } != nil)
    clock.advance(by: 0.001)
    try await gate.enter()
  }

  /// "After a 429 or a 401 nothing new is started; what is under way may finish."
  @Test func whatIsUnderWayMayFinishAndWhatWaitsIsTurnedAway() async throws {
    let gate = RequestGate(perMinute: 100, clock: ManualClock(Self.start))
    try await gate.enter()
    try await gate.enter()
    let waiting = (0..<3).map { _ in Task { try await gate.enter() } }
    await gate.note(UpstreamFailure(.auth, "no", status: 401))
    await gate.leave()
    // The other's success says nothing about the refusal.
    await gate.note(nil)
    #expect(await gate.block?.reason == .auth)
    await gate.leave()
    for task in waiting {
      await #expect { try await task.value } throws: { ($0 as? UpstreamFailure)?.reason == .auth }
    }
    // Nobody kept a slot.
    await gate.setBlock(nil)
    try await gate.enter()
    try await gate.enter()
  }

  /// A request that waits for its token when the provider refuses another is not sent.
  @Test func aBlockTurnsAwayWhoWaitsForAToken() async throws {
    let clock = ManualClock(Self.start)
    let gate = RequestGate(perMinute: 1, clock: clock)
    try await gate.enter()
    let waiting = Task { try await gate.enter() }
    try await eventually { clock.sleepers == 1 }
    await gate.note(Self.refused(retryIn: 3600))
    clock.advance(by: 60)
    await #expect { try await waiting.value } throws: { ($0 as? UpstreamFailure)?.wasWithheld == true }
  }

  @Test func refusalsInARowWaitLonger() async throws {
    let clock = ManualClock(Self.start)
    let gate = RequestGate(perMinute: 100, clock: clock, random: { 0.5 })
    for wait in [15.0, 30, 60, 120] {
      await gate.note(Self.refused())
      let block = try #require(await gate.block)
      #expect(block.until == clock.now().addingTimeInterval(wait))
      clock.set(block.until)
    }
    await gate.note(nil)
    #expect(await gate.block == nil)
    await gate.note(Self.refused())
    #expect(await gate.block?.until == clock.now().addingTimeInterval(15))
  }

  @Test func aShorterPauseDoesNotCutALongerOneShort() async throws {
    let gate = RequestGate(perMinute: 100, clock: ManualClock(Self.start))
    await gate.note(Self.refused(retryIn: 600))
    await gate.note(Self.refused(retryIn: 5))
    #expect(await gate.block?.until == Self.start.addingTimeInterval(600))
    // Whatever the shorter one is for.
    for shorter in [
      UpstreamFailure(.server, "busy", status: 503, retryAt: Self.start.addingTimeInterval(5)),
      UpstreamFailure(.server, "busy", status: 503, retryAt: Self.start),
    ] {
      await gate.note(shorter)
      #expect(await gate.block?.until == Self.start.addingTimeInterval(600))
    }
    // A request that was never sent says nothing.
    var withheld = Self.refused(retryIn: 9000)
    withheld.wasWithheld = true
    await gate.note(withheld)
    #expect(await gate.block?.until == Self.start.addingTimeInterval(600))
  }

  // MARK: Cancellation

  @Test func whoIsCancelledGivesWay() async throws {
    let clock = ManualClock(Self.start)
    let gate = RequestGate(perMinute: 1, clock: clock)
    try await gate.enter()
    await gate.leave()
    let waiting = Task { try await gate.enter() }
    try await eventually { clock.sleepers == 1 }
    waiting.cancel()
    await #expect { try await waiting.value } throws: { ($0 as? UpstreamFailure)?.reason == .timeout }
    #expect(clock.sleepers == 0)
    // Its slot is free again: two free requests fit.
    try await gate.enter(free: true)
    try await gate.enter(free: true)
  }
}
