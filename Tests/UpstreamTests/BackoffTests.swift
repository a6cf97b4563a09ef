import Foundation
import Testing
import Upstream

/// "exponential back-off with full jitter from 30 s to 30 min"
@Suite struct BackoffTests {
  @Test(
    arguments: [
      (0, 0.0), (-3, 0), (1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960), (7, 1800), (8, 1800), (100, 1800),
      (Int.max, 1800),
    ] as [(Int, TimeInterval)])
  func ceilings(_ failures: Int, _ seconds: TimeInterval) {
    #expect(Backoff().ceiling(failures: failures) == seconds)
  }

  /// A wait is anything up to the ceiling, evenly, and never none.
  @Test(arguments: 1...12) func fullJitter(_ failures: Int) {
    let backoff = Backoff()
    let ceiling = backoff.ceiling(failures: failures)
    #expect(backoff.delay(failures: failures, unit: 0) == 1)
    #expect(backoff.delay(failures: failures, unit: 0.5) == ceiling / 2)
    #expect(backoff.delay(failures: failures, unit: 1) == ceiling)
    for unit in [-1, 0.001, 0.25, 0.999_999, 2, Double.infinity] {
      #expect((1...ceiling).contains(backoff.delay(failures: failures, unit: unit)))
    }
  }

  @Test func otherBounds() {
    let backoff = Backoff(base: 2, cap: 5)
    #expect([1, 2, 3].map(backoff.ceiling) == [2, 4, 5])
  }
}
