import Foundation
import Usage

/// A span of wall-clock time, as the export call takes it: the zone is named beside it and never added to it.
///
/// Days are asked for in the workspace's zone. Parts of a day are asked for in UTC, because local time has no name for the
/// second of the two hours that a day of 25 hours shows alike; so are days that begin or end about a change of clocks, as
/// it is documented nowhere which of two midnights is meant, or what one that does not exist means.
struct LangdockWindow: Hashable, Sendable {
  /// The zone of ``from`` and ``end``.
  let calendar: LocalCalendar
  /// Seconds of that zone's wall clock since 1970-01-01 00:00.
  let from: Int
  /// The first second that is no longer in the window.
  let end: Int

  init(_ span: DaySpan, in calendar: LocalCalendar) {
    self = LangdockWindow(calendar, from: span.first.ordinal * 86_400, end: (span.last.ordinal + 1) * 86_400).plain
  }

  private init(_ calendar: LocalCalendar, from: Int, end: Int) {
    self.calendar = calendar
    self.from = from
    self.end = end
  }

  /// Both halves, cut between days where there is more than one; nil if the window is a minute or less.
  var halves: (LangdockWindow, LangdockWindow)? {
    let days = (end - from) / 86_400
    if days > 1 {
      let (first, second) = cut(at: from + days / 2 * 86_400)
      return (first.plain, second.plain)
    }
    let window = inUTC
    let length = window.end - window.from
    return length > 60 ? window.cut(at: window.from + length / 2) : nil
  }

  private func cut(at middle: Int) -> (LangdockWindow, LangdockWindow) {
    (LangdockWindow(calendar, from: from, end: middle), LangdockWindow(calendar, from: middle, end: end))
  }

  /// The same time with bounds that exist once.
  private var plain: LangdockWindow {
    let midnights = [firstDay, lastDay.advanced(by: 1)].map(calendar.start)
    // More than the hour that is skipped or shown twice, and less than the two that a usual change is away from midnight.
    return midnights.allSatisfy { calendar.isSteady(around: $0, seconds: 5400) } ? self : inUTC
  }

  /// The same time by UTC's clock.
  private var inUTC: LangdockWindow {
    guard calendar != .utc else { return self }
    let bounds = [firstDay, lastDay.advanced(by: 1)].map { Int(calendar.start(of: $0).timeIntervalSince1970) }
    return LangdockWindow(.utc, from: bounds[0], end: bounds[1])
  }

  var firstDay: Day { Day(ordinal: from / 86_400) }
  var lastDay: Day { Day(ordinal: (end - 1) / 86_400) }

  /// The body of the export call. A trailing `Z` is removed by Langdock; a numeric offset is refused.
  var body: [UInt8] {
    func bound(_ second: Int, _ fraction: String) -> String {
      let day = Day(ordinal: second / 86_400)
      let time = [second / 3600 % 24, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      return #"{"date":"\#(day)T\#(time.joined(separator: ":")).\#(fraction)Z","timezone":"\#(calendar.name)"}"#
    }
    return Array(#"{"from":\#(bound(from, "000")),"to":\#(bound(end - 1, "999"))}"#.utf8)
  }
}
