import Usage

/// A span of local wall-clock time, as the export call takes it: the zone is named beside it and never added to it.
struct LangdockWindow: Hashable, Sendable {
  /// Seconds of the local calendar since 1970-01-01 00:00.
  let from: Int
  /// The first second that is no longer in the window.
  let end: Int

  init(_ span: DaySpan) {
    self.init(from: span.first.ordinal * 86_400, end: (span.last.ordinal + 1) * 86_400)
  }

  private init(from: Int, end: Int) {
    self.from = from
    self.end = end
  }

  /// Both halves, cut between days where there is more than one; nil if the window is a minute or less.
  var halves: (LangdockWindow, LangdockWindow)? {
    let length = end - from
    guard length > 60 else { return nil }
    let days = length / 86_400
    let middle = from + (days > 1 ? days / 2 * 86_400 : length / 2)
    return (LangdockWindow(from: from, end: middle), LangdockWindow(from: middle, end: end))
  }

  var firstDay: Day { Day(ordinal: from / 86_400) }
  var lastDay: Day { Day(ordinal: (end - 1) / 86_400) }

  /// The body of the export call. A trailing `Z` is removed by Langdock; a numeric offset is refused.
  func body(zone: String) -> [UInt8] {
    func bound(_ second: Int, _ fraction: String) -> String {
      let day = Day(ordinal: second / 86_400)
      let time = [second / 3600 % 24, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      return #"{"date":"\#(day)T\#(time.joined(separator: ":")).\#(fraction)Z","timezone":"\#(zone)"}"#
    }
    return Array(#"{"from":\#(bound(from, "000")),"to":\#(bound(end - 1, "999"))}"#.utf8)
  }
}
