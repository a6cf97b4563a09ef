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
    // Repeated refills add up to a token but for the last bits of the sum.
    guard tokens < 1 - 1e-9 else {
      tokens = max(0, tokens - 1)
      return nil
    }
    return now.addingTimeInterval((1 - tokens) * 60 / capacity)
  }
}
