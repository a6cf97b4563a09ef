import Foundation
import Testing
import Usage

@Suite("Days")
struct DayTests {
  private static let gregorian: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()

  @Test("agree with Foundation's calendar on every day from 1890 to 2110")
  func againstFoundation() throws {
    let first = try #require(Day(year: 1890, month: 1, dayOfMonth: 1))
    for ordinal in stride(from: first.ordinal, to: first.ordinal + 220 * 366, by: 1) {
      let day = Day(ordinal: ordinal)
      let noon = Date(timeIntervalSince1970: Double(ordinal) * 86_400 + 43_200)
      let expected = Self.gregorian.dateComponents([.year, .month, .day, .weekday], from: noon)
      let (year, month, dayOfMonth) = day.components
      // Foundation counts weekdays from Sunday, ISO 8601 from Monday.
      let weekday = expected.weekday.map { ($0 + 5) % 7 + 1 }
      guard year == expected.year, month == expected.month, dayOfMonth == expected.day, day.weekday == weekday else {
        Issue.record("\(ordinal) is \(day), weekday \(day.weekday), but \(expected)")
        return
      }
      #expect(Day(year: year, month: month, dayOfMonth: dayOfMonth) == day)
    }
  }

  @Test("are read and written as ISO 8601")
  func iso() {
    for ordinal in stride(from: -30_000, to: 60_000, by: 7) {
      let day = Day(ordinal: ordinal)
      #expect(Day(iso: day.description) == day)
    }
    #expect(Day(ordinal: 0).description == "1970-01-01")
    #expect(Day(iso: "0009-03-01")?.description == "0009-03-01")
  }

  @Test(
    "that are none are refused",
    arguments: [
      "", "2025-2-01", "2025-02-29", "2025-02-30", "2025-13-01", "2025-00-10", "2025-01-00", "2025-01-32", "0000-01-01",
      "2025/01/01", "2025-01-01 ", " 2025-01-01", "2025-01-1x", "２０２５-01-01", "+025-01-01", "2025-01-01T00:00:00Z",
      "2100-02-29", "1900-02-29", "2025-04-31",
    ])
  func refused(_ text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test("leap days are known", arguments: ["2024-02-29", "2000-02-29", "2400-02-29"])
  func leapDays(_ text: String) {
    #expect(Day(iso: text)?.advanced(by: 1).components.month == 3)
  }

  @Test("months, years and weeks begin where they do")
  func firsts() throws {
    for ordinal in stride(from: 15_000, to: 25_000, by: 1) {
      let day = Day(ordinal: ordinal)
      let (year, month, _) = day.components
      #expect(day.firstOfMonth == Day(year: year, month: month, dayOfMonth: 1))
      #expect(day.firstOfYear == Day(year: year, month: 1, dayOfMonth: 1))
      #expect(day.firstOfNextYear == Day(year: year + 1, month: 1, dayOfMonth: 1))
      #expect(day.firstOfNextMonth > day)
      #expect(day.firstOfNextMonth.firstOfMonth == day.firstOfNextMonth)
      #expect(day.firstOfNextMonth.advanced(by: -1).firstOfMonth == day.firstOfMonth)
      #expect(day.firstOfWeek.weekday == 1)
      #expect((0...6).contains(day.ordinal - day.firstOfWeek.ordinal))
    }
  }
}
