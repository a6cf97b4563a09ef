package import Foundation
package import Ledger
package import Providers
package import Usage

/// What a workspace's configuration says about collecting.
package struct CollectionPolicy: Sendable {
  package let calendar: LocalCalendar
  package let periods: [CalendarPeriod]
  package let activeUserWindows: [ActiveUserWindow]
  package let restateDays: Int
  /// Seconds.
  package let restateInterval: TimeInterval

  package init(
    calendar: LocalCalendar, periods: [CalendarPeriod], activeUserWindows: [ActiveUserWindow], restateDays: Int,
    restateInterval: TimeInterval
  ) {
    self.calendar = calendar
    self.periods = periods
    self.activeUserWindows = activeUserWindows
    self.restateDays = restateDays
    self.restateInterval = restateInterval
  }

  /// What a collection that begins at `now` is to find out, given what the book already knows.
  package func demand(for rule: BucketRule, book: CollectorBook, at now: Date) -> Demand {
    let today = calendar.day(at: now)
    let yesterday = PeriodWindow(.day, start: today.advanced(by: -1))
    return Demand(
      calendar: calendar, now: now, days: days(for: rule, book: book, today: today, at: now),
      // Yesterday's total is known once it has been read as a day.
      periods: periods.filter { $0 != .previousDay || book.periods[yesterday] == nil },
      activeUsers: activeUserWindows)
  }

  /// What a refresh is to find out when nothing was missed and no closed day is due.
  package func idleDemand(at now: Date) -> Demand {
    Demand(
      calendar: calendar, now: now, days: [calendar.day(at: now)], periods: periods.filter { $0 != .previousDay },
      activeUsers: activeUserWindows)
  }

  /// The days to read, oldest first: those missed, those that may have been restated, and today.
  ///
  /// The first collection reads what becomes the baseline: today and the closed days within `restateDays`.
  private func days(for rule: BucketRule, book: CollectorBook, today: Day, at now: Date) -> [Day] {
    guard case .days(let history) = rule else { return [today] }
    let oldestKnown = book.progress.baselined ? book.readAt.keys.compactMap(\.day).min() : nil
    let first = max(
      oldestKnown ?? today.advanced(by: -restateDays), today.advanced(by: -max(0, history - 1)))
    guard first < today else { return [today] }
    let closed = DaySpan(first, through: today.advanced(by: -1)).days
    return closed.filter { isDue($0, book: book, today: today, at: now) } + [today]
  }

  private func isDue(_ day: Day, book: CollectorBook, today: Day, at now: Date) -> Bool {
    guard let readAt = book.readAt[.day(day)] else { return true }
    // Read before it was over: what came after is missing.
    if readAt < calendar.start(of: day.advanced(by: 1)) { return true }
    return today.ordinal - day.ordinal <= restateDays && now.timeIntervalSince(readAt) >= restateInterval
  }
}
