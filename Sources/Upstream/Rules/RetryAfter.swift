package import Foundation

/// The header `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date in one of HTTP's three forms (section 5.6.7).
package enum RetryAfter {
  /// - Returns: the instant it names, never before `now`; nil if it is neither form.
  package static func parse(_ text: String, at now: Date) -> Date? {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    if let seconds = seconds(trimmed) { return now.addingTimeInterval(seconds) }
    return HTTPDate.parse(trimmed).map { max($0, now) }
  }

  private static func seconds(_ text: String) -> TimeInterval? {
    guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return TimeInterval(text)
  }
}
