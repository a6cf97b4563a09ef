package import Foundation

/// Allows `perMinute` requests a minute, evenly refilled, and so many of them at once; starts full.
package struct TokenBucket: Sendable, Hashable {
  private let capacity: Double
  private let perSecond: Double
  private var tokens: Double
  private var refilledAt: Date

  /// - Parameter burst: how many requests may be saved up; a minute's if not given.
  package init(perMinute: Int, burst: Int? = nil, at now: Date) {
    perSecond = Double(max(1, perMinute)) / 60
    capacity = Double(max(1, burst ?? perMinute))
    tokens = capacity
    refilledAt = now
  }

  /// Takes a token, or tells when there will be one.
  ///
  /// - Returns: nil if a token was taken.
  package mutating func take(at now: Date) -> Date? {
    // A clock that was set back gives nothing and takes nothing.
    let elapsed = max(0, now.timeIntervalSince(refilledAt))
    tokens = min(capacity, tokens + elapsed * perSecond)
    refilledAt = now
    let wait = (1 - tokens) / perSecond
    // A date is no finer than a tenth of a microsecond: whoever comes at the instant that was named gets the token.
    guard wait > 1e-6 else {
      tokens = max(0, tokens - 1)
      return nil
    }
    return now.addingTimeInterval(wait)
  }
}
