import Foundation
import Usage

/// A trend as small as a word: a line through the days that were read, with gaps for those that were not.
struct Sparkline: Equatable {
  static let width = 120.0
  static let height = 24.0
  /// Room for the stroke and the last day's dot.
  private static let margin = 3.0

  /// The `d` of an SVG path through the days that are over.
  let path: String
  /// From there to today, which is not over; empty if either is not known.
  let todayPath: String
  /// The last day that was read.
  let endX: String
  let endY: String
  /// The same for those who hear it.
  let label: String

  /// - Parameters:
  ///   - days: the last of them is `today`; in the stored units of `measure`.
  /// - Returns: nil if no day was read.
  init?(_ days: [Int64?], today: Day, _ measure: Measure) {
    guard let last = days.lastIndex(where: { $0 != nil }) else { return nil }
    let highest = days.compactMap(\.self).max() ?? 0
    let points = days.enumerated().map { index, value in
      value.map { Self.point(index, of: days.count, share: highest > 0 ? Double(max(0, $0)) / Double(highest) : 0) }
    }
    path = Self.path(points.dropLast())
    let lastTwo = points.suffix(2)
    todayPath = lastTwo.count == 2 && !lastTwo.contains { $0 == nil } ? Self.path(lastTwo) : ""
    guard let end = points[last] else { return nil }
    (endX, endY) = (Self.text(end.x), Self.text(end.y))
    label = Self.label(days, today: today, measure)
  }

  private struct Point {
    let x: Double
    let y: Double
  }

  private static func point(_ index: Int, of count: Int, share: Double) -> Point {
    let step = (width - 2 * margin) / Double(max(1, count - 1))
    return Point(x: margin + Double(index) * step, y: height - margin - share * (height - 2 * margin))
  }

  private static func path(_ points: ArraySlice<Point?>) -> String {
    var isOpen = false
    return points.compactMap { point in
      defer { isOpen = point != nil }
      return point.map { "\(isOpen ? "L" : "M")\(text($0.x)) \(text($0.y))" }
    }.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func label(_ days: [Int64?], today: Day, _ measure: Measure) -> String {
    let known = days.compactMap(\.self)
    let highest = known.max() ?? 0
    let peak = days.lastIndex { $0 == highest } ?? days.count - 1
    return "\(known.count) days to \(today): "
      + "\(NumberText.amount(known.first ?? 0, measure)) at first, \(NumberText.amount(highest, measure)) at most on "
      + "\(today.advanced(by: peak + 1 - days.count)), \(NumberText.amount((days.last ?? nil) ?? 0, measure)) so far today"
  }
}
