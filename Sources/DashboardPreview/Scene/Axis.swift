import Dashboards
import Foundation

/// Where an axis begins and ends, and where it is labelled.
struct Axis {
  let bottom: Double
  let top: Double
  let ticks: [ChartBody.Tick]

  /// Of values: from 0 where that is near, to a round number above the greatest.
  ///
  /// - Parameters:
  ///   - binary: whether round numbers are powers of two, as for bytes.
  ///   - whole: whether there is nothing between whole numbers.
  init(
    of values: [Double], _ minimum: Double?, _ maximum: Double?, height: Double, binary: Bool, whole: Bool,
    text: ValueText
  ) {
    let least = values.min() ?? 0
    let most = max(values.max() ?? 1, least)
    let spread = most > least ? most - least : max(abs(most), 1)
    let padded = least - spread / 10
    let low = minimum ?? (least >= 0 && padded < 0 ? 0 : padded)
    let high = maximum ?? most + spread / 10
    let step = Self.step(atLeast: (high - low) / max(2, (height / 45).rounded(.down)), binary, whole)
    bottom = minimum ?? (low / step).rounded(.down) * step
    top = maximum ?? (high / step).rounded(.up) * step
    let first = Int((bottom / step).rounded(.up))
    let last = Int((top / step + 1e-9).rounded(.down))
    ticks =
      first > last
      ? []
      : (first...last).map { index in
        let value = Double(index) * step
        return ChartBody.Tick(at: value, text: Self.short(text(value)))
      }
  }

  /// Without zeros that say nothing, as 1 K for 1.00 K.
  private static func short(_ text: String) -> String {
    text.replacing(/\.(\d*?)0+(?=\D|$)/) { $0.1.isEmpty ? "" : ".\($0.1)" }
  }

  private static func step(atLeast least: Double, _ binary: Bool, _ whole: Bool) -> Double {
    let least = whole ? max(least, 1) : least
    if binary { return pow(2, log2(max(least, 1)).rounded(.up)) }
    let magnitude = pow(10, log10(least).rounded(.down))
    let factors = whole && magnitude == 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]
    return (factors.first { $0 * magnitude >= least * 0.999 } ?? 10) * magnitude
  }

  /// Of time, in UTC: whole days, or hours of a day.
  ///
  /// - Parameter width: of the axis in pixels.
  static func time(_ span: TimeSpan, width: Double) -> [ChartBody.Tick] {
    let hour = 3600.0
    let steps = [300, 900, 1800, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 48 * hour, 168 * hour]
    let least = span.seconds / max(2, width / 56)
    let step = steps.first { $0 >= least } ?? 336 * hour
    let first = Int((span.start / step).rounded(.up))
    let last = Int((span.end / step).rounded(.down))
    return first > last
      ? []
      : (first...last).map { index in
        let time = Double(index) * step
        let isMidnight = time.truncatingRemainder(dividingBy: 86_400) == 0
        return ChartBody.Tick(at: time, text: clock(time, isMidnight || step >= 24 * hour ? "MM/dd" : "HH:mm"))
      }
  }

  /// - Parameter format: of Unicode.
  static func clock(_ time: Double, _ format: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = format
    return formatter.string(from: Date(timeIntervalSince1970: time))
  }
}
