/// The calendar periods for which `agentusage_S_period_M` is published.
package enum CalendarPeriod: String, CaseIterable, Sendable, Hashable {
  case day
  case previousDay = "previous_day"
  /// ISO 8601: Monday to Sunday.
  case week
  case month
  case year

  /// The period's part up to and including `today`: what "so far" means.
  package func soFar(_ today: Day) -> DaySpan {
    switch self {
    case .day: DaySpan(today)
    case .previousDay: DaySpan(today.advanced(by: -1))
    case .week: DaySpan(today.firstOfWeek, through: today)
    case .month: DaySpan(today.firstOfMonth, through: today)
    case .year: DaySpan(today.firstOfYear, through: today)
    }
  }

  /// The whole period that holds `today` (or ended before it), both ends included.
  package func whole(_ today: Day) -> DaySpan {
    switch self {
    case .day, .previousDay: soFar(today)
    case .week: DaySpan(today.firstOfWeek, through: today.firstOfWeek.advanced(by: 6))
    case .month: DaySpan(today.firstOfMonth, through: today.firstOfNextMonth.advanced(by: -1))
    case .year: DaySpan(today.firstOfYear, through: today.firstOfNextYear.advanced(by: -1))
    }
  }
}

/// A span of days that ends with today, over which distinct users are counted.
package struct ActiveUserWindow: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 1, 7, 28 or 30.
  package let days: Int

  package static let lengths = [1, 7, 28, 30]

  /// - Returns: nil for a length that no provider reports or can be computed for.
  package init?(days: Int) {
    guard Self.lengths.contains(days) else { return nil }
    self.days = days
  }

  /// Reads `1d`, `7d`, `28d` or `30d`.
  package init?(_ text: String) {
    guard text.hasSuffix("d"), let days = Int(text.dropLast()) else { return nil }
    self.init(days: days)
  }

  package var description: String { "\(days)d" }

  package func span(_ today: Day) -> DaySpan { DaySpan(endingOn: today, count: days) }

  package static func < (left: Self, right: Self) -> Bool { left.days < right.days }
}
