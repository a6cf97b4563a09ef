package import Foundation

/// The calendar in which a workspace's days, weeks, months and years are cut: the Gregorian one in one time zone.
///
/// A day is the local calendar day, so it has 23 or 25 hours when the clocks change.
package struct LocalCalendar: Hashable, Sendable {
  /// IANA name, as `Europe/Berlin`.
  package let name: String
  package let timeZone: TimeZone

  package static let utc = LocalCalendar(name: "UTC", timeZone: .gmt)

  /// - Returns: nil if the system's zone data do not hold `name`.
  package init?(zone name: String) {
    if name == "UTC" {
      self = .utc
      return
    }
    // Foundation also takes abbreviations such as "CEST": they name no calendar, so only IANA names pass.
    guard name.contains("/") || name.hasPrefix("Etc"), let zone = TimeZone(identifier: name) else { return nil }
    self.init(name: name, timeZone: zone)
  }

  private init(name: String, timeZone: TimeZone) {
    self.name = name
    self.timeZone = timeZone
  }

  package func day(at instant: Date) -> Day {
    let local = localSeconds(instant)
    return Day(ordinal: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
  }

  /// Seconds since 1970 that local clocks show. Beyond some thousands of years it stays where it is: such an instant is
  /// somebody's word for never.
  private func localSeconds(_ instant: Date) -> Int {
    let seconds = min(max(instant.timeIntervalSince1970.rounded(.down), -Self.never), Self.never)
    return Int(seconds) + timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
  }

  /// The end of the year 9999.
  private static let never: TimeInterval = 253_402_300_799

  /// The first instant of `day`: local midnight, or the end of the gap where the clocks jump over it.
  package func start(of day: Day) -> Date {
    instant(of: day, secondOfDay: 0)
  }

  /// The instant at which local clocks show `secondOfDay` on `day`; the earlier one if they show it twice.
  package func instant(of day: Day, secondOfDay: Int) -> Date {
    let wall = Date(timeIntervalSince1970: Double(day.ordinal * 86_400 + secondOfDay))
    // Offsets never exceed 26 hours, so those a day either side bound the transition that matters.
    let before = timeZone.secondsFromGMT(for: wall.addingTimeInterval(-93_600))
    let after = timeZone.secondsFromGMT(for: wall.addingTimeInterval(93_600))
    let candidates = [wall.addingTimeInterval(-Double(before)), wall.addingTimeInterval(-Double(after))]
    for candidate in candidates.sorted()
    where candidate.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: candidate))
      == wall.timeIntervalSince1970
    {
      return candidate
    }
    // In a gap: the transition itself, which is where the later offset begins.
    let limit = wall.addingTimeInterval(-93_600)
    return timeZone.nextDaylightSavingTimeTransition(after: limit) ?? wall.addingTimeInterval(-Double(after))
  }

  /// Whether clocks are not changed from so many seconds before an instant to as many after it.
  package func isSteady(around instant: Date, seconds: TimeInterval) -> Bool {
    let offsets = [-seconds, seconds].map { timeZone.secondsFromGMT(for: instant.addingTimeInterval($0)) }
    return offsets[0] == offsets[1]
  }

  /// Local wall-clock day and second of that day.
  package func wallClock(at instant: Date) -> (day: Day, secondOfDay: Int) {
    let local = localSeconds(instant)
    let day = day(at: instant)
    return (day, local - day.ordinal * 86_400)
  }
}
