package import Foundation

/// What a provider says of its own rate limit, in the headers in common use.
package struct RateLimitHeaders: Sendable, Hashable {
  package var limit: Double?
  package var remaining: Double?
  package var reset: Date?

  /// - Returns: nil if the answer says nothing of it.
  package init?(_ head: WireHead, at now: Date) {
    func number(_ name: String) -> Double? {
      (head.first("x-ratelimit-" + name) ?? head.first("ratelimit-" + name)).flatMap { Double($0) }
        .flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }
    limit = number("limit")
    remaining = number("remaining")
    // Either an instant or seconds to go; no limit lasts thirty years. What is further away than any pause means never.
    reset = number("reset").map { $0 > 946_684_800 ? Date(timeIntervalSince1970: $0) : now.addingTimeInterval($0) }
      .flatMap { $0 <= now.addingTimeInterval(RetryAfter.longest) ? $0 : nil }
    if limit == nil && remaining == nil && reset == nil { return nil }
  }
}
