/// A run of calendar days, both ends included.
package struct DaySpan: Hashable, Sendable, CustomStringConvertible {
  package let first: Day
  package let last: Day

  package init(_ first: Day, through last: Day) {
    self.first = first
    self.last = max(first, last)
  }

  package init(_ day: Day) {
    self.init(day, through: day)
  }

  /// The `count` days that end with `last`.
  package init(endingOn last: Day, count: Int) {
    self.init(last.advanced(by: 1 - max(1, count)), through: last)
  }

  package var count: Int { last.ordinal - first.ordinal + 1 }
  package var days: [Day] { (first.ordinal...last.ordinal).map(Day.init(ordinal:)) }
  package var description: String { first == last ? "\(first)" : "\(first)..\(last)" }

  package func contains(_ day: Day) -> Bool { first <= day && day <= last }
}
