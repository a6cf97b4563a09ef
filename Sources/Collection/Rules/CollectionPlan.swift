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
    let days = days(for: rule, book: book, today: today, at: now)
    return Demand(
      calendar: calendar, now: now, days: days,
      inFull: rule.isLog ? Set(days.filter { isWhole($0, book: book, today: today, at: now) }) : [],
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
  private func days(for rule: BucketRule, book: CollectorBook, today: Day, at now: Date) -> [Day] {
    guard let history = rule.history else { return [today] }
    var first = (book.progress.baselined ? book.oldestDay : nil) ?? baselineStart(today)
    // Sums and users are made of days, so all of those must be known, also if the configuration wants more than before.
    if rule.readsOnlyDays { first = min(first, sumsStart(rule, today)) }
    first = max(first, today.advanced(by: -max(0, history - 1)))
    guard first < today else { return [today] }
    let closed = DaySpan(first, through: today.advanced(by: -1)).days
    return closed.filter { isDue($0, rule, book: book, today: today, at: now) } + [today]
  }

  /// The first collection reads what becomes the baseline: today and the closed days within `restateDays`.
  private func baselineStart(_ today: Day) -> Day { today.advanced(by: -restateDays) }

  private func sumsStart(_ rule: BucketRule, _ today: Day) -> Day {
    var starts = periods.map { $0.soFar(today).first }
    if rule.isLog { starts += activeUserWindows.map { $0.span(today).first } }
    return starts.min() ?? today
  }

  private func isDue(_ day: Day, _ rule: BucketRule, book: CollectorBook, today: Day, at now: Date) -> Bool {
    guard let readAt = book.readAt(day, asOf: now) else { return true }
    let end = calendar.start(of: day.advanced(by: 1))
    // Read before it was over: what came after is missing.
    if readAt < end { return true }
    if rule.isLog { return isClosingDue(readAt, end, at: now) }
    return today.ordinal - day.ordinal <= restateDays && now.timeIntervalSince(readAt) >= restateInterval
  }

  /// Whether a day of a log is to be read whole, instead of from where the last reading ended.
  private func isWhole(_ day: Day, book: CollectorBook, today: Day, at now: Date) -> Bool {
    guard day < today else { return false }
    guard let readAt = book.readAt(day, asOf: now) else {
      // A day that only a clock running ahead has read is among the known ones, but not known as a whole.
      return book.readAt[.day(day)] != nil || day < book.oldestDay ?? today
    }
    return isClosingDue(readAt, calendar.start(of: day.advanced(by: 1)), at: now)
  }

  /// A day of a log is read whole once more when it has been over for long enough to be settled.
  private func isClosingDue(_ readAt: Date, _ end: Date, at now: Date) -> Bool {
    let settled = end.addingTimeInterval(restateInterval)
    return restateDays > 0 && readAt < settled && now >= settled
  }
}

extension CollectorBook {
  /// From when on nothing is known of a day that is over and from which on usage is counted; nil if it is known whole.
  func gap(in day: Day, _ calendar: LocalCalendar, at now: Date) -> Date? {
    guard progress.baselined, let oldestDay, day >= oldestDay, day < calendar.day(at: now) else { return nil }
    guard let readAt = readAt(day, asOf: now) else { return calendar.start(of: day) }
    return readAt < calendar.start(of: day.advanced(by: 1)) ? readAt : nil
  }

  /// The first of the days that were read in the calendar of these books.
  fileprivate var oldestDay: Day? { readAt.keys.compactMap(\.day).min() }

  /// When a day was last read; nil also for what a clock that ran ahead calls a later time, as it says nothing of how much of
  /// the day had passed.
  fileprivate func readAt(_ day: Day, asOf now: Date) -> Date? {
    readAt[.day(day)].flatMap { $0 <= now ? $0 : nil }
  }
}

extension BucketRule {
  /// How far back days can be asked for; nil if they cannot.
  fileprivate var history: Int? {
    switch self {
    case .days(let history), .singleDays(let history), .log(let history): history
    case .asAnswered: nil
    }
  }

  /// Whether sums over periods are made of days rather than asked for.
  fileprivate var readsOnlyDays: Bool {
    switch self {
    case .singleDays, .log: true
    case .days, .asAnswered: false
    }
  }

  fileprivate var isLog: Bool { if case .log = self { true } else { false } }
}
