package import Foundation

/// Exponential back-off with full jitter: after n failures, a uniform wait of up to 30 s × 2^(n-1), at most 30 min.
package struct Backoff: Sendable, Hashable {
  package let base: TimeInterval
  package let cap: TimeInterval

  package init(base: TimeInterval = 30, cap: TimeInterval = 1800) {
    self.base = base
    self.cap = cap
  }

  /// The longest wait after `failures` failures in a row, in seconds.
  package func ceiling(failures: Int) -> TimeInterval {
    guard failures > 0 else { return 0 }
    return min(cap, base * pow(2, Double(min(failures, 32) - 1)))
  }

  /// - Parameter unit: a random number in 0..<1.
  package func delay(failures: Int, unit: Double) -> TimeInterval {
    // Never at once: a provider that fails in a millisecond must not be asked again in the next.
    max(1, ceiling(failures: failures) * min(max(unit, 0), 1))
  }

  /// When to ask again after `failures` failures in a row, of which the last was met at `now`.
  ///
  /// - Parameter told: what the provider says. A time that is past by this clock is none: it would be "at once", every time.
  package func nextAttempt(after now: Date, told: Date?, failures: Int, unit: Double) -> Date {
    if let told, told > now { return told }
    return now.addingTimeInterval(delay(failures: failures, unit: unit))
  }
}
