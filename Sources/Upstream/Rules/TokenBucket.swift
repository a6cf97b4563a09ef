package import Foundation

/// Allows `perMinute` requests a minute, evenly refilled; starts full.
package struct TokenBucket: Sendable, Hashable {
  private let capacity: Double
  private var tokens: Double
  private var refilledAt: Date

  package init(perMinute: Int, at now: Date) {
    capacity = Double(max(1, perMinute))
    tokens = capacity
    refilledAt = now
  }

  /// Takes a token, or tells when there will be one.
  ///
  /// - Returns: nil if a token was taken.
  package mutating func take(at now: Date) -> Date? {
    // A clock that was set back gives nothing and takes nothing.
    let elapsed = max(0, now.timeIntervalSince(refilledAt))
    tokens = min(capacity, tokens + elapsed * capacity / 60)
    refilledAt = now
    let wait = (1 - tokens) * 60 / capacity
    // A date is no finer than a tenth of a microsecond: whoever comes at the instant that was named gets the token.
    guard wait > 1e-6 else {
      tokens = max(0, tokens - 1)
      return nil
    }
    return now.addingTimeInterval(wait)
  }
}
