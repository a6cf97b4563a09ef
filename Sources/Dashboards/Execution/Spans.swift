/// Durations as Grafana and Prometheus write them, as `5m` or `1d`.
package enum GrafanaDuration {
  private static let seconds: [(unit: String, seconds: Double)] = [
    ("y", 31_536_000), ("M", 2_592_000), ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ("ms", 0.001),
  ]

  /// - Returns: seconds, or nil if it is no duration.
  package static func parse(_ text: String) -> Double? {
    let digits = text.prefix { $0.isNumber }
    let unit = text.dropFirst(digits.count)
    guard let number = Double(digits), let scale = seconds.first(where: { $0.unit == unit }) else { return nil }
    return number * scale.seconds
  }

  /// In the largest unit that it is a whole number of, up to days.
  package static func text(_ span: Double) -> String {
    for (unit, scale) in seconds.dropFirst(3) where span >= scale && span.truncatingRemainder(dividingBy: scale) == 0 {
      return "\(Int(span / scale))\(unit)"
    }
    return "\(Int((span * 1000).rounded()))ms"
  }
}

/// Seconds between two values, as Grafana rounds them.
package enum Interval {
  /// Milliseconds: below the first, the second is taken. As `roundInterval` of Grafana's `rangeUtil`.
  private static let steps: [(limit: Double, interval: Double)] = [
    (10, 1), (15, 10), (35, 20), (75, 50), (150, 100), (350, 200), (750, 500), (1500, 1000), (3500, 2000),
    (7500, 5000), (12_500, 10_000), (17_500, 15_000), (25_000, 20_000), (45_000, 30_000), (90_000, 60_000),
    (210_000, 120_000), (450_000, 300_000), (750_000, 600_000), (1_050_000, 900_000), (1_500_000, 1_200_000),
    (2_700_000, 1_800_000), (5_400_000, 3_600_000), (9_000_000, 7_200_000), (16_200_000, 10_800_000),
    (32_400_000, 21_600_000), (86_400_000, 43_200_000), (604_800_000, 86_400_000), (1_814_400_000, 604_800_000),
    (3_628_800_000, 2_592_000_000),
  ]

  package static func rounded(_ seconds: Double) -> Double {
    let milliseconds = seconds * 1000
    return (steps.first { milliseconds < $0.limit }?.interval ?? 31_536_000_000) / 1000
  }
}

/// The stretch of time that a board shows, in seconds since 1970.
package struct TimeSpan: Sendable, Equatable {
  package let start: Double
  package let end: Double

  package var seconds: Double { end - start }

  package init(start: Double, end: Double) {
    self.start = start
    self.end = end
  }

  /// A range relative to `now`, as `now-14d` to `now`, also with its ends cut to units as `now/d`; days are those of UTC.
  ///
  /// - Throws: ``ExecutionFault`` if a side is none that this understands.
  package init(from: String, to: String, now: Double) throws(ExecutionFault) {
    start = try TimeSpan.moment(from, now)
    end = try TimeSpan.moment(to, now)
  }

  private static func moment(_ text: String, _ now: Double) throws(ExecutionFault) -> Double {
    guard let match = text.wholeMatch(of: /now(?:-(\d+[smhdw]))?(?:\/([mhd]))?/) else {
      throw ExecutionFault("the time \(text) is not of the form now-14d or now-14d/d")
    }
    let back = match.1.flatMap { GrafanaDuration.parse(String($0)) } ?? 0
    guard let unit = match.2.flatMap({ GrafanaDuration.parse("1\($0)") }) else { return now - back }
    return ((now - back) / unit).rounded(.down) * unit
  }
}

/// Why a board cannot be executed.
package struct ExecutionFault: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
