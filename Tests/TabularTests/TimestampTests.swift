import Foundation
import Tabular
import TestSupport
import Testing

struct TimestampTests {
  static let forms: [(text: String, second: Int, nanosecond: Int, offset: Int?)] = [
    ("2026-11-01T00:00:00.000Z", 0, 0, 0),
    ("2026-11-01T19:35:21.123456Z", 70_521, 123_456_000, 0),
    ("2026-11-01t19:35:21z", 70_521, 0, 0),
    ("2026-11-01T19:35:21+01:00", 70_521, 0, 3600),
    ("2026-11-01T19:35:21.5-09:30", 70_521, 500_000_000, -34_200),
    ("2026-11-01 19:35:21", 70_521, 0, nil),
    ("2026-11-01T19:35:21", 70_521, 0, nil),
    ("2026-11-01 19:35:21.000001", 70_521, 1000, nil),
    ("2026-11-01 19:35:21+00", 70_521, 0, 0),
    ("2026-11-01T19:35:21-0530", 70_521, 0, -19_800),
    ("2026-11-01T23:59:59.1234567899Z", 86_399, 123_456_789, 0),
    (" 2026-11-01T00:00:00-00:00 ", 0, 0, 0),
    ("2026-11-01", 0, 0, nil),
  ]

  @Test(arguments: forms)
  func reads(_ text: String, _ second: Int, _ nanosecond: Int, _ offset: Int?) throws {
    let time = try #require(Timestamp.parse(text))
    #expect(time.year == 2026 && time.month == 11 && time.dayOfMonth == 1)
    #expect(time.secondOfDay == second)
    #expect(time.nanosecond == nanosecond)
    #expect(time.offset == offset)
    #expect(time.secondsSince1970(defaultOffset: 60) == 1_793_491_200 + second - (offset ?? 60))
  }

  @Test(arguments: [
    "", " ", "now", "2026", "2026-11", "2026-1-1", "20261101", "2026-11-01T", "2026-11-01T10", "2026-11-01T10:00",
    "2026-00-01", "2026-13-01", "2026-11-00", "2026-11-31", "2026-02-29", "2100-02-29", "0000-01-01", "-2026-11-01",
    "2026-11-01T24:00:00Z", "2026-11-01T10:60:00Z", "2026-11-01T10:00:60Z", "2026-11-01T10:00:00.Z",
    "2026-11-01T10:00:00ZZ", "2026-11-01T10:00:00 Z", "2026-11-01T10:00:00+24:00", "2026-11-01T10:00:00+01:60",
    "2026-11-01T10:00:00+1", "2026-11-01T10:00:00+01:", "2026-11-01T10:00:00+", "2026-11-01X10:00:00Z",
    "2026-11-01T1０:00:00Z", "2026/11/01 10:00:00", "2026-11-01T10:00:00Z\0", "1793491200", "2026-11-01T+1:00:00Z",
  ])
  func refuses(_ text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test(arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func leapDaysAndEnds(_ text: String) throws {
    #expect(Timestamp.parse(text) != nil)
  }

  @Test func daysAgreeWithFoundation() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      // From 1600, after the last calendar reform that Foundation knows of, to 9999.
      let date = Date(timeIntervalSince1970: Double(Int.random(in: -11_000_000_000...253_000_000_000, using: &random)))
      let text = date.formatted(.iso8601)
      #expect(try #require(Timestamp.parse(text)).secondsSince1970() == Int(date.timeIntervalSince1970), "\(text)")
    }
  }
}
