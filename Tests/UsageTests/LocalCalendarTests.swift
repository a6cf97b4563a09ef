import Foundation
import Testing
import Usage

@Suite("Local calendars")
struct LocalCalendarTests {
  /// Half hours, skipped midnights, southern summers, the date line, and zones that do nothing of the kind.
  static let zones = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo",
    "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland", "Pacific/Chatham", "Asia/Tehran",
    "America/Santiago", "Atlantic/Azores", "Africa/Casablanca", "America/Havana", "Asia/Gaza",
  ]

  @Test("days begin where Foundation says they do, in 2016 to 2025", arguments: zones)
  func starts(zone: String) throws {
    let local = try #require(LocalCalendar(zone: zone))
    var foundation = Calendar(identifier: .gregorian)
    foundation.timeZone = local.timeZone
    for ordinal in 16_801..<20_454 {
      let day = Day(ordinal: ordinal)
      let (year, month, dayOfMonth) = day.components
      let noon = try #require(
        foundation.date(from: DateComponents(year: year, month: month, day: dayOfMonth, hour: 12)))
      let start = local.start(of: day)
      #expect(start == foundation.startOfDay(for: noon), "\(day) in \(zone)")
      #expect(local.day(at: start) == day)
      #expect(local.day(at: start.addingTimeInterval(-1)) == day.advanced(by: -1))
    }
  }

  @Test("every instant has one day, and a day's wall clock leads back to it", arguments: zones)
  func wallClock(zone: String) throws {
    let local = try #require(LocalCalendar(zone: zone))
    // Twenty minutes short of a day, so that every time of the day is met.
    for step in 0..<8_000 {
      let instant = Date(timeIntervalSince1970: 1_451_600_000 + Double(step) * 38_640)
      let (day, second) = local.wallClock(at: instant)
      #expect(day == local.day(at: instant))
      #expect((0..<86_400).contains(second))
      let back = local.instant(of: day, secondOfDay: second)
      // A time that is shown twice leads back to the earlier of the two.
      #expect(back <= instant)
      #expect(local.wallClock(at: back) == (day, second), "\(instant) in \(zone)")
      if back != instant { #expect(instant.timeIntervalSince(back) <= 3600) }
    }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let zone: String
    let day: String
    let second: Int
    let instant: String

    init(_ zone: String, _ day: String, _ hour: Int, _ minute: Int, _ instant: String) {
      self.zone = zone
      self.day = day
      second = hour * 3600 + minute * 60
      self.instant = instant
    }

    var testDescription: String { "\(day) \(second / 3600):\(second / 60 % 60) in \(zone)" }
  }

  static let rows: [Row] = [
    Row("Europe/Berlin", "2025-03-30", 1, 59, "2025-03-30T00:59:00Z"),
    Row("Europe/Berlin", "2025-03-30", 2, 0, "2025-03-30T01:00:00Z"),  // in the gap
    Row("Europe/Berlin", "2025-03-30", 2, 30, "2025-03-30T01:00:00Z"),  // in the gap
    Row("Europe/Berlin", "2025-03-30", 3, 0, "2025-03-30T01:00:00Z"),
    Row("Europe/Berlin", "2025-10-26", 2, 30, "2025-10-26T00:30:00Z"),  // shown twice: the earlier
    Row("Europe/Berlin", "2025-10-26", 3, 0, "2025-10-26T02:00:00Z"),
    Row("America/New_York", "2025-03-09", 2, 15, "2025-03-09T07:00:00Z"),  // in the gap
    Row("America/New_York", "2025-11-02", 1, 15, "2025-11-02T05:15:00Z"),  // shown twice
    Row("Australia/Lord_Howe", "2025-04-06", 1, 45, "2025-04-05T14:45:00Z"),  // shown twice, half an hour apart
    Row("Australia/Lord_Howe", "2025-10-05", 2, 10, "2025-10-04T15:30:00Z"),  // in a gap of half an hour
    Row("America/Sao_Paulo", "2018-11-04", 0, 0, "2018-11-04T03:00:00Z"),  // midnight is skipped
    Row("Asia/Beirut", "2025-03-30", 0, 0, "2025-03-29T22:00:00Z"),  // midnight is skipped
    Row("Africa/Cairo", "2025-04-25", 0, 0, "2025-04-24T22:00:00Z"),  // midnight is skipped
    Row("America/Havana", "2025-11-02", 0, 30, "2025-11-02T04:30:00Z"),  // midnight itself is shown twice
    Row("America/Havana", "2025-11-02", 0, 0, "2025-11-02T04:00:00Z"),
  ]

  @Test("gaps and times that are shown twice", arguments: rows)
  func transitions(_ row: Row) throws {
    let local = try #require(LocalCalendar(zone: row.zone))
    let day = try #require(Day(iso: row.day))
    #expect(local.instant(of: day, secondOfDay: row.second) == (try Date(row.instant, strategy: .iso8601)))
  }

  @Test("a day has 23 or 25 hours when the clocks change")
  func lengths() throws {
    let berlin = try #require(LocalCalendar(zone: "Europe/Berlin"))
    func hours(_ iso: String) throws -> Double {
      let day = try #require(Day(iso: iso))
      return berlin.start(of: day.advanced(by: 1)).timeIntervalSince(berlin.start(of: day)) / 3600
    }
    #expect(try hours("2025-03-30") == 23)
    #expect(try hours("2025-10-26") == 25)
    #expect(try hours("2025-06-01") == 24)
  }

  @Test("only IANA names are zones", arguments: ["", "CEST", "GMT+2", "Europe/Berlim", "europe", "UTC+1", "Mars/A"])
  func unknownZones(name: String) {
    #expect(LocalCalendar(zone: name) == nil)
  }

  @Test("somebody's word for never is an instant like others", arguments: [1e19, 1e300, -1e19, .infinity])
  func never(seconds: Double) {
    let instant = Date(timeIntervalSince1970: seconds)
    let (day, second) = LocalCalendar.utc.wallClock(at: instant)
    #expect(day == LocalCalendar.utc.day(at: instant) && (0..<86_400).contains(second))
  }

  @Test("seconds before 1970 and fractions belong to the day they are in")
  func edges() {
    #expect(LocalCalendar.utc.day(at: Date(timeIntervalSince1970: -1)) == Day(ordinal: -1))
    #expect(LocalCalendar.utc.day(at: Date(timeIntervalSince1970: -0.25)) == Day(ordinal: -1))
    #expect(LocalCalendar.utc.day(at: Date(timeIntervalSince1970: -86_400)) == Day(ordinal: -1))
    #expect(LocalCalendar.utc.day(at: Date(timeIntervalSince1970: 86_399.999)) == Day(ordinal: 0))
  }
}
