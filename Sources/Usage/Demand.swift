package import Foundation

/// What a collection is to find out.
package struct Demand: Sendable {
  package let calendar: LocalCalendar
  package let now: Date
  package let today: Day
  /// The days whose counters are to be read, oldest first; ends with today.
  package let days: [Day]
  /// Of ``days`` those to be read whole, by a collector that otherwise goes on from where it was last time.
  package let inFull: Set<Day>
  package let periods: [CalendarPeriod]
  package let activeUsers: [ActiveUserWindow]

  package init(
    calendar: LocalCalendar, now: Date, days: [Day], inFull: Set<Day> = [], periods: [CalendarPeriod],
    activeUsers: [ActiveUserWindow]
  ) {
    self.calendar = calendar
    self.now = now
    today = calendar.day(at: now)
    self.days = days
    self.inFull = inFull
    self.periods = periods
    self.activeUsers = activeUsers
  }
}

/// A span of days to ask for, and all that its answer covers.
package struct PlannedWindow: Hashable, Sendable {
  package let span: DaySpan
  package let coverage: [Coverage]
}

extension Demand {
  /// The fewest windows that answer this demand, for a provider that sums over any span of days: spans that are equal are
  /// asked for once. Days come first, the newest before the others.
  ///
  /// - Parameter reportsUsers: whether the answers hold distinct users.
  package func windows(reportsUsers: Bool) -> [PlannedWindow] {
    var order: [DaySpan] = []
    var coverage: [DaySpan: [Coverage]] = [:]
    func add(_ span: DaySpan, _ item: Coverage) {
      if coverage[span] == nil { order.append(span) }
      if coverage[span]?.contains(item) != true { coverage[span, default: []].append(item) }
    }
    for day in days.reversed() { add(DaySpan(day), .bucket(.day(day))) }
    // Days cost nothing more: whatever was asked for is also that day's gauge.
    for day in days.reversed() where day >= today.advanced(by: -1) {
      add(DaySpan(day), .period(PeriodWindow(.day, start: day)))
    }
    for period in periods {
      add(period.soFar(today), .period(PeriodWindow(period, today: today)))
    }
    if reportsUsers {
      for window in activeUsers { add(window.span(today), .activeUsers(window, end: today)) }
    }
    return order.map { PlannedWindow(span: $0, coverage: coverage[$0] ?? []) }
  }
}
