import Foundation
import Providers
import Usage

/// The least that shows whether a collector works.
struct Sample: Sendable {
  let demand: Demand
  let journal: SampleJournal

  /// Days of a log of which the newest page is read: of one day, early in the morning, nothing could be concluded about
  /// whom a key may see.
  private static let logDays = 7

  /// Today, in one request; of a log its newest page.
  init(for rule: BucketRule, in calendar: LocalCalendar, at now: Date) {
    let today = calendar.day(at: now)
    let isLog = if case .log = rule { true } else { false }
    let span = DaySpan(endingOn: today, count: isLog ? Self.logDays : 1)
    demand = Demand(
      calendar: calendar, now: now, days: span.days, periods: [],
      activeUsers: isLog ? [ActiveUserWindow(days: Self.logDays)].compactMap(\.self) : [])
    journal = SampleJournal(since: span.first)
  }
}
