package import Foundation

/// Compares this machine's clock with the dates of answers.
///
/// A provider's own clock may be wrong, so each workspace has one voice, and the median decides.
package struct ClockCheck: Sendable, Equatable {
  /// Seconds: a date has whole ones, and an answer may have been long on its way.
  package static let tolerance: TimeInterval = 60

  /// How many answers had a date.
  package let answers: Int
  /// By how many seconds this machine's clock is ahead; nil if no answer had a date.
  package let skew: TimeInterval?

  /// - Parameter samples: by how much the clock was ahead of each answer, by workspace.
  package init(_ samples: [[TimeInterval]]) {
    answers = samples.reduce(0) { $0 + $1.count }
    skew = Self.median(samples.compactMap(Self.median))
  }

  package var verdict: Verdict { abs(skew ?? 0) > Self.tolerance ? .clockWrong : .ok }

  /// What is wrong, and what to do; nil if nothing is.
  package var message: String? {
    guard verdict != .ok, let skew else { return nil }
    return """
      this machine's clock is \(Self.words(abs(skew))) \(skew > 0 ? "ahead of" : "behind") the providers': have it set by \
      NTP, as days, certificates and budgets depend on it
      """
  }

  static func words(_ seconds: TimeInterval) -> String {
    seconds < 120 ? "\(Int(seconds.rounded())) seconds" : "\(Int((seconds / 60).rounded())) minutes"
  }

  private static func median(_ values: [TimeInterval]) -> TimeInterval? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
