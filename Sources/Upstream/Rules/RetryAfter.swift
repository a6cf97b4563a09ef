package import Foundation

/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date in one of HTTP's three forms (section 5.6.7).
package enum RetryAfter {
  /// Seconds: a year. Nobody means a longer pause, and whoever lets it be over earlier asks once a year too often.
  package static let longest: TimeInterval = 366 * 86_400

  /// - Returns: the instant it names, never before `now`; nil if it is neither form.
  package static func parse(_ text: String, at now: Date) -> Date? {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    if let seconds = seconds(trimmed) { return instant(after: seconds, at: now) }
    return HTTPDate.parse(trimmed).map { min(max($0, now), now.addingTimeInterval(longest)) }
  }

  /// The instant after a pause of so many seconds.
  package static func instant(after seconds: TimeInterval, at now: Date) -> Date {
    now.addingTimeInterval(min(seconds, longest))
  }

  private static func seconds(_ text: String) -> TimeInterval? {
    guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return TimeInterval(text)
  }
}
