import Foundation

/// A value as Grafana writes it, by the name of its unit.
package struct ValueText: Sendable {
  package let unit: String
  /// Nil for as many as the value's size asks for.
  package let decimals: Int?
  /// Seconds since 1970, for what is told relative to it.
  package let now: Double

  /// - Throws: ``ExecutionFault`` if the unit is none of those that the boards use.
  package init(unit: String, decimals: Int?, now: Double) throws(ExecutionFault) {
    guard Unit(rawValue: unit) != nil || unit == "none" else {
      throw ExecutionFault("the unit \(unit) is not supported")
    }
    self.unit = unit
    self.decimals = decimals
    self.now = now
  }

  package func callAsFunction(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "∞" : "-∞" }
    switch Unit(rawValue: unit) {
    case .count: return separated(value)
    case .short: return scaled(value, by: 1000, ["", " K", " Mil", " Bil", " Tri"])
    case .bytes: return scaled(value, by: 1024, [" B", " KiB", " MiB", " GiB", " TiB"])
    case .share: return fixed(value * 100) + "%"
    case .dollars: return "$" + scaled(value, by: 1000, ["", "K", "M", "B", "T"])
    case .seconds: return span(value)
    case .fromNow: return Self.relative(value / 1000 - now)
    case .text, nil: return fixed(value)
    }
  }

  /// With separators between thousands.
  private func separated(_ value: Double) -> String {
    let text = fixed(value, decimals ?? (value == value.rounded() ? 0 : Swift.min(3, Self.decimals(for: value))))
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    let digits = Array(parts.first ?? "0")
    let grouped = digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : String(digit)
    }.joined()
    return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
  }

  private func scaled(_ value: Double, by factor: Double, _ suffixes: [String]) -> String {
    var value = value
    var index = 0
    while abs(value) >= factor, index < suffixes.count - 1 {
      value /= factor
      index += 1
    }
    return fixed(value) + suffixes[index]
  }

  private func span(_ value: Double) -> String {
    let units: [(limit: Double, size: Double, name: String)] = [
      (1e-3, 1e-6, " µs"), (1, 1e-3, " ms"), (60, 1, " s"), (3600, 60, " mins"), (86_400, 3600, " hours"),
      (604_800, 86_400, " days"), (31_536_000, 604_800, " weeks"),
    ]
    if value == 0 { return "0 s" }
    let unit = units.first { abs(value) < $0.limit }
    return fixed(value / (unit?.size ?? 31_556_900)) + (unit?.name ?? " years")
  }

  private func fixed(_ value: Double) -> String { fixed(value, decimals ?? Self.decimals(for: value)) }

  private func fixed(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return text == "-0" ? "0" : text
  }

  /// Three significant digits or so; none for whole numbers. As `getDecimalsForValue` of Grafana.
  private static func decimals(for value: Double) -> Int {
    if value == value.rounded() { return 0 }
    let exponent = Int(log10(abs(value)).rounded(.down))
    let digits = 1 - exponent
    return Swift.max(0, abs(value) / pow(10, Double(-digits)) > 2.25 ? digits + 1 : digits)
  }

  /// The words of moment.js.
  private static func relative(_ seconds: Double) -> String {
    let steps: [(limit: Double, size: Double, one: String, many: String)] = [
      (45, 1, "a few seconds", "a few seconds"), (2700, 60, "a minute", "minutes"),
      (79_200, 3600, "an hour", "hours"), (2_246_400, 86_400, "a day", "days"),
      (27_648_000, 2_629_746, "a month", "months"),
    ]
    let distance = abs(seconds)
    let step = steps.first { distance < $0.limit } ?? (.infinity, 31_556_952, "a year", "years")
    let count = Int((distance / step.size).rounded())
    let words = count <= 1 || step.size == 1 ? step.one : "\(count) \(step.many)"
    return seconds > 0 ? "in \(words)" : "\(words) ago"
  }
}
