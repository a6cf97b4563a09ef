import Foundation

/// Durations as Go's `time.ParseDuration` reads them, which exporter-toolkit uses: `1s`, `1m30s`, `1.5h`, `0`.
enum GoDuration {
  private static let units: [String: TimeInterval] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
  ]

  /// - Returns: seconds, negative ones included; nil if this is no duration.
  static func parse(_ text: String) -> TimeInterval? {
    var rest = text[...]
    let sign: TimeInterval = rest.first == "-" ? -1 : 1
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: TimeInterval = 0
    while !rest.isEmpty {
      let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
      rest = rest.dropFirst(unit.count)
      guard number.contains(where: { $0 != "." }), number.filter({ $0 == "." }).count < 2,
        let amount = TimeInterval("0\(number)0"), let factor = units[String(unit)]
      else { return nil }
      // A trailing 0 would multiply a number without a point by ten.
      total += (number.contains(".") ? amount : amount / 10) * factor
    }
    // Go holds durations in 64 bits of nanoseconds.
    return total <= 9_223_372_036 ? sign * total : nil
  }
}
