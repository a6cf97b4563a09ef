package import Settings

/// The token bucket of `rate_limit`, as `golang.org/x/time/rate` fills it.
package struct RateLimiter: Sendable {
  private let limit: RateLimit
  private var tokens: Double
  /// Seconds of the clock that ``allows(at:)`` is asked with.
  private var filledAt: Double

  package init(_ limit: RateLimit, at now: Double) {
    self.limit = limit
    tokens = Double(limit.burst)
    filledAt = now
  }

  /// Whether it was made for this limit.
  package func serves(_ limit: RateLimit) -> Bool { self.limit == limit }

  /// Takes a token if there is one.
  ///
  /// - Parameter now: seconds of a clock that does not go back.
  package mutating func allows(at now: Double) -> Bool {
    tokens = min(Double(limit.burst), tokens + max(0, now - filledAt) / limit.interval)
    filledAt = max(filledAt, now)
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
