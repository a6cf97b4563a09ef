import Ledger
import Testing
import Usage

@Suite("Period windows")
struct PeriodWindowTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let today: String
    let period: CalendarPeriod
    let unit: PeriodWindow.Unit
    let start: String

    init(_ today: String, _ period: CalendarPeriod, _ unit: PeriodWindow.Unit, _ start: String) {
      self.today = today
      self.period = period
      self.unit = unit
      self.start = start
    }

    var testDescription: String { "\(period) on \(today)" }
  }

  static let rows: [Row] = [
    Row("2025-12-31", .day, .day, "2025-12-31"),
    Row("2026-01-01", .day, .day, "2026-01-01"),
    Row("2026-01-01", .previousDay, .day, "2025-12-31"),
    Row("2024-03-01", .previousDay, .day, "2024-02-29"),
    Row("2025-03-01", .previousDay, .day, "2025-02-28"),
    Row("2026-01-01", .week, .week, "2025-12-29"),
    Row("2026-01-04", .week, .week, "2025-12-29"),
    Row("2026-01-05", .week, .week, "2026-01-05"),
    Row("2025-01-31", .month, .month, "2025-01-01"),
    Row("2025-02-01", .month, .month, "2025-02-01"),
    Row("2024-12-31", .year, .year, "2024-01-01"),
    Row("2025-01-01", .year, .year, "2025-01-01"),
  ]

  @Test("each period is found in its window", arguments: rows)
  func window(_ row: Row) throws {
    let window = PeriodWindow(row.period, today: try #require(Day(iso: row.today)))
    #expect(window.unit == row.unit)
    #expect(window.start.description == row.start)
  }

  @Test("yesterday's window is kept for previous_day, older ones are not")
  func superseded() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin()
    for offset in [0, 1, 2] {
      let day = Sample.today.advanced(by: offset)
      let answer = Answer(
        [.period(PeriodWindow(.day, today: day)), .period(PeriodWindow(.month, today: day))],
        Sample.reading(["a": Int64(offset)]))
      try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    }
    let book = await ledger.book(of: Sample.collector)
    let today = Sample.today.advanced(by: 2)
    #expect(book?.periods[PeriodWindow(.day, today: today)] == [Sample.key("a"): 2])
    #expect(book?.periods[PeriodWindow(.previousDay, today: today)] == [Sample.key("a"): 1])
    #expect(book?.periods.count == 3)
    #expect(book?.series.isEmpty == true, "gauges alone make no counters")
  }
}
