import Foundation
import Usage

/// An instant in words, with what a machine and a careful reader want beside them.
struct InstantText {
  /// As `3 min ago` or `in 2 h`.
  let words: String
  /// In the workspace's time zone.
  let exact: String
  /// ISO 8601 in UTC: for `datetime`.
  let machine: String

  init(_ instant: Date, now: Date, in calendar: LocalCalendar) {
    words = Self.words(now.timeIntervalSince(instant))
    exact = Self.exact(instant, in: calendar)
    machine = instant.formatted(.iso8601)
  }

  /// - Parameter age: seconds since the instant; negative if it is yet to come.
  static func words(_ age: TimeInterval) -> String {
    if age >= 0 { return age < 1 ? "just now" : span(age.rounded(.down)) + " ago" }
    return "in " + span((-age).rounded(.up))
  }

  /// A duration in the two units that matter.
  ///
  /// - Parameter seconds: a whole number, at least 1.
  static func span(_ seconds: TimeInterval) -> String {
    // A thousand years, and what is no number, are as good as for ever.
    guard seconds < 3e10 else { return "ages" }
    let whole = Int(seconds)
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min"
    case ..<36_000: return [("\(whole / 3600) h"), whole % 3600 < 60 ? nil : "\(whole % 3600 / 60) min"].joined
    case ..<172_800: return "\(whole / 3600) h"
    default: return "\(whole / 86_400) days"
    }
  }

  static func exact(_ instant: Date, in calendar: LocalCalendar) -> String {
    let (day, second) = calendar.wallClock(at: instant)
    let clock = [second / 3600, second % 3600 / 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day) \(clock.joined(separator: ":")) \(calendar.name)"
  }
}

extension [String?] {
  fileprivate var joined: String { compactMap(\.self).joined(separator: " ") }
}
