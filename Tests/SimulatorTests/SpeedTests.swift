import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Bounds with a wide margin: they catch an answer that generates everything anew, not a busy machine.
@Suite(.serialized, .enabled(if: isOptimised, "Speed says nothing without the optimiser"))
struct SpeedTests {
  /// The best of many tries, for other tests and programs run at the same time.
  private func seconds(below bound: Double = 0.5, _ work: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<20 where best >= bound {
      let start = clock.now
      try await work()
      best = min(best, Double((clock.now - start) / .microseconds(1)) / 1_000_000)
    }
    return best
  }

  @Test func aMonthOfLangdock() async throws {
    try await simulating(sharedCompany) { simulator, _ in
      for table in ["agents", "models", "users"] {
        let span = DaySpan(endingOn: today, count: 30)
        var rows = 0
        let time = try await seconds { rows = try await simulator.rows(table, span).count }
        #expect(rows > 5 && time < 0.5)
      }
    }
  }

  @Test func aYearOfAgentPhone() async throws {
    try await simulating(sharedCompany) { simulator, _ in
      for path in ["/v1/usage", "/v1/usage/by-agent?period=year", "/v1/usage/by-number", "/v1/usage/daily?days=365"] {
        let time = try await seconds { _ = try await simulator.phone(path) }
        #expect(time < 0.5)
      }
    }
  }

  @Test func truthIsQuickEnough() async {
    let time = await seconds(below: 2) { _ = sharedCompany.agentTruth(DaySpan(endingOn: today, count: 30), at: noon) }
    let phone = await seconds(below: 5) { _ = sharedCompany.phoneAgentTruth(.year, at: noon) }
    #expect(time < 2 && phone < 5)
  }
}

private var isOptimised: Bool {
  #if DEBUG
    false
  #else
    true
  #endif
}
