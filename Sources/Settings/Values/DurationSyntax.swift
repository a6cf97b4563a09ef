package import Foundation

/// Prometheus' durations: whole numbers with units, the largest first, each at most once, as `1h30m`.
///
/// The rules are those of `model.ParseDuration` in prometheus/common, but that a bare `0` needs a unit here too.
package enum DurationSyntax {
  package enum Fault: Error {
    case noUnit
    case negative
    case malformed
    case tooLong
  }

  /// Milliseconds; a year has 365 days.
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
    ("s", 1000), ("ms", 1),
  ]

  /// Prometheus holds durations in 64 bits of nanoseconds.
  private static let limit = Int64.max / 1_000_000

  /// - Returns: seconds.
  package static func parse(_ text: String) throws(Fault) -> TimeInterval {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { throw .negative }
    guard !rest.isEmpty else { throw .malformed }
    var total: Int64 = 0
    var smallest = -1
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { !(48...57).contains($0) }
      rest = rest.dropFirst(letters.count)
      guard !digits.isEmpty else { throw .malformed }
      guard !letters.isEmpty else { throw digits.count == text.utf8.count ? .noUnit : .malformed }
      let name = String(Substring(letters))
      guard let unit = units.firstIndex(where: { $0.name == name }), unit > smallest else { throw .malformed }
      smallest = unit
      guard let number = Int64(Substring(digits)) else { throw .tooLong }
      let (part, overflow) = number.multipliedReportingOverflow(by: units[unit].milliseconds)
      guard !overflow, part <= limit - total else { throw .tooLong }
      total += part
    }
    return TimeInterval(total) / 1000
  }

  /// The shortest text that ``parse(_:)`` reads as `seconds` to the millisecond, as `1d12h`.
  ///
  /// Weeks and years are not used: `30d` says more to people than `4w2d`.
  package static func format(_ seconds: TimeInterval) -> String {
    var rest = Int64((max(0, seconds) * 1000).rounded())
    guard rest > 0 else { return "0s" }
    var text = ""
    for unit in units.dropFirst(2) where rest >= unit.milliseconds {
      text += "\(rest / unit.milliseconds)\(unit.name)"
      rest %= unit.milliseconds
    }
    return text
  }
}
