/// What an answer of a provider tells about, and so which parts of the books it replaces.
package enum Coverage: Hashable, Sendable {
  /// A bucket of the counters, whole.
  case bucket(Bucket)
  /// Period gauges.
  case period(PeriodWindow)
  /// Period gauges that are not asked for, but summed from the days in the books: for a provider that only tells rows or
  /// days. The answer's reading has no part in it; the days must have been delivered before, in answers of their own.
  case summed(PeriodWindow)
  /// Active users of a window that ended on a day.
  case activeUsers(ActiveUserWindow, end: Day)
}

/// A calendar period by its first day; `previous_day` is the window `.day` of yesterday.
package struct PeriodWindow: Hashable, Sendable {
  package enum Unit: String, CaseIterable, Sendable, Hashable {
    case day, week, month, year
  }

  package let unit: Unit
  package let start: Day

  package init(_ unit: Unit, start: Day) {
    self.unit = unit
    self.start = start
  }

  /// The window in which `period` is found when today is `today`.
  package init(_ period: CalendarPeriod, today: Day) {
    let start = period.soFar(today).first
    switch period {
    case .day, .previousDay: self.init(.day, start: start)
    case .week: self.init(.week, start: start)
    case .month: self.init(.month, start: start)
    case .year: self.init(.year, start: start)
    }
  }
}

/// One successful answer and what it covers.
package struct Answer: Sendable {
  package let coverage: [Coverage]
  package let reading: Reading

  package init(_ coverage: [Coverage], _ reading: Reading) {
    self.coverage = coverage
    self.reading = reading
  }
}
