import Foundation
import TestSupport
import Usage

/// The moments of a month at which Prometheus comes: every six hours of each local day, midnight among them.
struct Month: Sendable {
  let calendar: LocalCalendar
  /// The first moment is noon of its first day.
  let days: DaySpan

  var start: Date { calendar.instant(of: days.first, secondOfDay: 43_200) }

  /// After ``start``, up to noon of the last day.
  var moments: [Date] {
    let all = days.days.flatMap { day in
      stride(from: 0, to: 86_400, by: 21_600).map { calendar.instant(of: day, secondOfDay: $0) }
    }
    let end = calendar.instant(of: days.last, secondOfDay: 43_200)
    return all.filter { start < $0 && $0 <= end }
  }

  /// A month in which clocks change in Europe, on 25 October, and another begins.
  static func ofAutumn(_ calendar: LocalCalendar, days: Int = 31) throws -> Month {
    let first = calendar.day(at: try instant("2026-10-20T12:00:00Z"))
    return Month(calendar: calendar, days: DaySpan(first, through: first.advanced(by: days - 1)))
  }
}

extension Rig {
  typealias Look = (_ scrape: Scrape, _ moment: Date) throws -> Void

  /// Scrapes at each of the moments and looks that no counter falls.
  ///
  /// - Returns: a scrape a second after the last moment, since what is new is shown at 0 first.
  func live(
    through month: Month, _ clock: ManualClock, _ look: Look = { _, _ in }
  ) async throws -> Scrape {
    var last = try await scrape()
    for moment in month.moments {
      clock.set(moment)
      let next = try await scrape()
      expectNoFall(last, next, at: moment)
      try look(next, moment)
      last = next
    }
    clock.advance(by: 1)
    let next = try await scrape()
    expectNoFall(last, next, at: clock.now())
    return next
  }
}
