import Foundation
package import Usage

/// Lets a workspace's requests through: a token each, two at a time, none while the provider forbids it.
package actor RequestGate {
  private let clock: any WallClock
  private let concurrency: Int
  private let random: @Sendable () -> Double
  private var bucket: TokenBucket
  private var underWay = 0
  private var waiters: [CheckedContinuation<Void, Never>] = []
  /// Those that come first.
  private var urgent: [CheckedContinuation<Void, Never>] = []
  private var refusals = 0
  /// The pause in force, or the last one.
  package private(set) var block: RequestBlock?

  package init(
    perMinute: Int, burst: Int? = nil, concurrency: Int = 2, clock: any WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.clock = clock
    self.concurrency = concurrency
    self.random = random
    bucket = TokenBucket(perMinute: perMinute, burst: burst, at: clock.now())
  }

  /// Waits for leave to send one request. Each success must be followed by one ``leave()``.
  ///
  /// - Parameter free: whether the request costs no token, because it does not go to the provider's API. It comes before
  ///   others, as the address that it goes to may not be good for long.
  /// - Throws: the failure that forbids requests for now, or `.timeout` if the task is cancelled.
  package func enter(free: Bool = false) async throws(UpstreamFailure) {
    try check()
    await takeSlot(urgently: free)
    do {
      if !free { try await takeToken() }
    } catch {
      leave()
      throw error
    }
  }

  package func leave() {
    if !urgent.isEmpty {
      urgent.removeFirst().resume()
    } else if !waiters.isEmpty {
      waiters.removeFirst().resume()
    } else {
      underWay -= 1
    }
  }

  /// Takes note of what came of a request.
  package func note(_ failure: UpstreamFailure?) {
    guard let failure else {
      refusals = 0
      // A request that was under way when the pause began says nothing about it; one after its end does.
      if let block, !block.isInForce(at: clock.now()) { self.block = nil }
      return
    }
    if failure.wasWithheld { return }
    if failure.reason == .rateLimited { refusals += 1 }
    let next = RequestBlock.after(failure, at: clock.now(), refusals: refusals, unit: random())
    guard let next else { return }
    if let block, block.isInForce(at: clock.now()), block.until > next.until { return }
    block = next
  }

  /// Takes up a pause from before a restart, or lifts it because the credential has changed.
  package func setBlock(_ block: RequestBlock?) {
    self.block = block
  }

  private func check() throws(UpstreamFailure) {
    if let block, block.isInForce(at: clock.now()) { throw block.withheld }
  }

  private func takeSlot(urgently: Bool) async {
    if underWay < concurrency {
      underWay += 1
      return
    }
    // A cancelled waiter keeps its place: the slot comes within one request's timeout, and it then gives way at once.
    await withCheckedContinuation { continuation in
      if urgently { urgent.append(continuation) } else { waiters.append(continuation) }
    }
  }

  private func takeToken() async throws(UpstreamFailure) {
    while true {
      try check()
      if Task.isCancelled { throw UpstreamFailure(.timeout, "the exporter is stopping") }
      guard let next = bucket.take(at: clock.now()) else { return }
      do {
        try await clock.sleep(until: next)
      } catch {
        throw UpstreamFailure(.timeout, "the exporter is stopping")
      }
    }
  }
}
