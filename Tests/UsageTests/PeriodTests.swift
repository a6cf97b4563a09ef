import Testing
import Usage

@Suite("Periods and windows")
struct PeriodTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let today: String
    let period: CalendarPeriod
    let soFar: String
    let whole: String

    init(_ today: String, _ period: CalendarPeriod, soFar: String, whole: String) {
      self.today = today
      self.period = period
      self.soFar = soFar
      self.whole = whole
    }

    var testDescription: String { "\(period) on \(today)" }
  }

  static let rows: [Row] = [
    Row("2025-06-15", .day, soFar: "2025-06-15", whole: "2025-06-15"),
    Row("2025-06-01", .previousDay, soFar: "2025-05-31", whole: "2025-05-31"),
    Row("2026-01-01", .previousDay, soFar: "2025-12-31", whole: "2025-12-31"),
    Row("2025-06-15", .week, soFar: "2025-06-09..2025-06-15", whole: "2025-06-09..2025-06-15"),
    Row("2025-06-16", .week, soFar: "2025-06-16", whole: "2025-06-16..2025-06-22"),
    Row("2026-01-01", .week, soFar: "2025-12-29..2026-01-01", whole: "2025-12-29..2026-01-04"),
    Row("2025-05-31", .month, soFar: "2025-05-01..2025-05-31", whole: "2025-05-01..2025-05-31"),
    Row("2025-06-01", .month, soFar: "2025-06-01", whole: "2025-06-01..2025-06-30"),
    Row("2024-02-10", .month, soFar: "2024-02-01..2024-02-10", whole: "2024-02-01..2024-02-29"),
    Row("2025-12-31", .month, soFar: "2025-12-01..2025-12-31", whole: "2025-12-01..2025-12-31"),
    Row("2025-12-31", .year, soFar: "2025-01-01..2025-12-31", whole: "2025-01-01..2025-12-31"),
    Row("2026-01-01", .year, soFar: "2026-01-01", whole: "2026-01-01..2026-12-31"),
  ]

  @Test("begin and end where the calendar says", arguments: rows)
  func bounds(_ row: Row) throws {
    let today = try #require(Day(iso: row.today))
    #expect(row.period.soFar(today).description == row.soFar)
    #expect(row.period.whole(today).description == row.whole)
  }

  @Test("a span counts both its ends, and never runs backwards")
  func spans() {
    let day = Day(ordinal: 20_000)
    let span = DaySpan(day, through: day.advanced(by: 2))
    #expect(span.count == 3)
    #expect(span.days == [day, day.advanced(by: 1), day.advanced(by: 2)])
    #expect(span.contains(day) && span.contains(day.advanced(by: 2)))
    #expect(!span.contains(day.advanced(by: -1)) && !span.contains(day.advanced(by: 3)))
    #expect(DaySpan(day, through: day.advanced(by: -5)) == DaySpan(day))
    #expect(DaySpan(endingOn: day, count: 0) == DaySpan(day))
  }

  @Test("windows of active users are 1, 7, 28 or 30 days that end today")
  func activeUserWindows() throws {
    let today = Day(ordinal: 20_000)
    for days in [1, 7, 28, 30] {
      let window = try #require(ActiveUserWindow(days: days))
      #expect(ActiveUserWindow("\(days)d") == window)
      #expect(window.description == "\(days)d")
      #expect(window.span(today).count == days)
      #expect(window.span(today).last == today)
    }
    for text in ["", "d", "7", "0d", "2d", "14d", "-7d", "7D", "7 d", "7dd"] { #expect(ActiveUserWindow(text) == nil) }
    #expect(ActiveUserWindow.lengths.compactMap(ActiveUserWindow.init(days:)).sorted().map(\.days) == [1, 7, 28, 30])
  }

  @Test("buckets are ordered as they are kept: all time, years, days")
  func bucketOrder() {
    let buckets: [Bucket] = [.lifetime, .year(2024), .year(2025), .day(Day(ordinal: 1)), .day(Day(ordinal: 2))]
    #expect(buckets.reversed().sorted() == buckets)
  }
}
