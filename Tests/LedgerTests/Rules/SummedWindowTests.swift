import Foundation
import Ledger
import Testing
import Usage

/// Gauges of a period that are sums of the days in the books.
@Suite("Summed windows")
struct SummedWindowTests {
  /// A Monday.
  private static let monday = Day(ordinal: 20_269)
  private static let week = PeriodWindow(.week, start: monday)

  private let database: LedgerDatabase
  private let ledger: Ledger

  init() throws {
    database = try .inMemory()
    ledger = try Ledger(database: database)
  }

  private func day(_ offset: Int) -> Day { Self.monday.advanced(by: offset) }

  @discardableResult
  private func sum(_ windows: PeriodWindow...) async throws -> CollectorBook {
    let answer = Answer(windows.map { .summed($0) }, Reading())
    return try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
  }

  private func gauges(_ book: CollectorBook, _ window: PeriodWindow) -> [String: Int64]? {
    book.periods[window].map { Dictionary(uniqueKeysWithValues: $0.map { ($0.key.entity.id, $0.value) }) }
  }

  @Test("are of what the provider says now, baseline and corrections included, and of 0 where it said so")
  func values() async throws {
    _ = try await ledger.register(Sample.collector, zone: "UTC")
    try await ledger.take(["a": 10, "b": 4, "zero": 0], on: day(0))
    try await ledger.begin()
    try await ledger.take(["a": 5], on: day(1))
    try await ledger.take(["a": 3, "c": 1], on: day(2))
    try await ledger.take(["a": 8], on: day(0))
    let book = try await sum(Self.week)
    #expect(gauges(book, Self.week) == ["a": 16, "b": 0, "c": 1, "zero": 0])
    let restarted = try Ledger(database: database)
    try await restarted.register(Sample.collector, zone: "UTC").checkSame(as: book)
  }

  @Test("stay as they are while a day is missing that is not after the newest")
  func gaps() async throws {
    try await ledger.begin()
    let before = PeriodWindow(.week, start: day(-7))
    try await ledger.take(["a": 1], on: day(0))
    #expect(gauges(try await sum(Self.week, before), Self.week) == ["a": 1])
    try await ledger.take(["a": 5], on: day(3))
    let book = try await sum(Self.week)
    #expect(gauges(book, Self.week) == ["a": 1])
    #expect(book.periods[before] == nil, "no day of it is known")
    try await ledger.take(["a": 1], on: day(1))
    try await ledger.take([:], on: day(2))
    #expect(gauges(try await sum(Self.week), Self.week) == ["a": 7])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let unit: PeriodWindow.Unit
    let start: String
    let first: String
    let last: String

    var testDescription: String { "\(unit) from \(start)" }
  }

  static let rows = [
    Row(unit: .day, start: "2024-02-29", first: "2024-02-29", last: "2024-02-29"),
    Row(unit: .week, start: "2024-12-30", first: "2024-12-30", last: "2025-01-05"),
    Row(unit: .month, start: "2024-02-01", first: "2024-02-01", last: "2024-02-29"),
    Row(unit: .month, start: "2025-12-01", first: "2025-12-01", last: "2025-12-31"),
    Row(unit: .year, start: "2024-01-01", first: "2024-01-01", last: "2024-12-31"),
  ]

  @Test("end with the period: what lies on either side has no part in them", arguments: rows)
  func ends(_ row: Row) async throws {
    try await ledger.begin()
    let window = PeriodWindow(row.unit, start: try #require(Day(iso: row.start)))
    let first = try #require(Day(iso: row.first))
    let last = try #require(Day(iso: row.last))
    for day in DaySpan(first.advanced(by: -1), through: last.advanced(by: 1)).days {
      try await ledger.take(["a": 1], on: day)
    }
    let book = try await sum(window)
    #expect(gauges(book, window) == ["a": Int64(DaySpan(first, through: last).count)])
  }

  @Test("leave conversations out, which do not add up, unless the window is a day")
  func conversations() async throws {
    try await ledger.begin()
    var reading = Sample.reading(["a": 2])
    reading.quantities[Sample.key("a", .conversations)] = 1
    let answer = Answer([.bucket(.day(day(0)))], reading)
    try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    let today = PeriodWindow(.day, start: day(0))
    let book = try await sum(Self.week, today)
    #expect(book.periods[Self.week] == Sample.reading(["a": 2]).quantities)
    #expect(book.periods[today] == reading.quantities)
  }

  @Test("see the buckets of the same answer, in whichever order it covers them", arguments: [false, true])
  func sameAnswer(reversed: Bool) async throws {
    try await ledger.begin()
    try await ledger.take(["a": 1, "b": 2], on: day(0))
    var coverage = [Coverage.bucket(.day(day(1))), .period(Self.week), .summed(Self.week)]
    if reversed { coverage.reverse() }
    let answer = Answer(coverage, Sample.reading(["a": 7, "new": 3]))
    let book = try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    #expect(gauges(book, Self.week) == ["a": 8, "b": 2, "new": 3])
  }

  @Test("supersede older windows of their unit")
  func supersedes() async throws {
    try await ledger.begin()
    for offset in 0...7 { try await ledger.take(["a": 1], on: day(offset)) }
    try await sum(Self.week)
    let next = PeriodWindow(.week, start: day(7))
    #expect(Array(try await sum(next).periods.keys) == [next])
  }

  @Test("beyond 2^53 are refused, and nothing has changed")
  func overflow() async throws {
    try await ledger.begin()
    try await ledger.take(["a": Quantity.limit], on: day(0))
    let exact = try await sum(Self.week)
    #expect(gauges(exact, Self.week) == ["a": Quantity.limit])
    for value in [1, Quantity.limit, Int64.max - Quantity.limit] {
      let before = try await ledger.take(["a": value], on: day(1))
      let error = await #expect(throws: LedgerError.self) { try await sum(Self.week) }
      guard case .overflow = error else { throw Unexpected("\(String(describing: error))") }
      try #require(await ledger.book(of: Sample.collector)).checkSame(as: before)
    }
    #expect(await ledger.writeFailures == 0)
  }

  @Test("do not see days that were cut in another time zone")
  func zoneChange() async throws {
    try await ledger.begin()
    for offset in 0...3 { try await ledger.take(["a": 10], on: day(offset)) }
    _ = try await ledger.register(Sample.collector, zone: "Asia/Tokyo")
    #expect(try await sum(Self.week).periods.isEmpty)
    for offset in 0...1 { try await ledger.take(["a": 1], on: day(offset)) }
    #expect(gauges(try await sum(Self.week), Self.week) == ["a": 2])
  }
}
