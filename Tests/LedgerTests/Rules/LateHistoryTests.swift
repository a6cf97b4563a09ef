import Foundation
import Ledger
import Testing
import Usage

/// Days that are read late, because the configuration now wants more of them, are not usage.
@Suite("Late history")
struct LateHistoryTests {
  private let database: LedgerDatabase
  private let ledger: Ledger

  init() throws {
    database = try .inMemory()
    ledger = try Ledger(database: database)
  }

  private func day(_ offset: Int) -> Day { Sample.today.advanced(by: offset) }

  private func succeed(_ ledger: Ledger, after seconds: TimeInterval) async throws {
    var progress = try #require(await ledger.book(of: Sample.collector)).progress
    progress.lastSuccess = Sample.noon.addingTimeInterval(seconds)
    try await ledger.record(progress, for: Sample.collector)
  }

  @Test("is a baseline, in whichever order its days arrive", arguments: [[-9, -8, -7], [-7, -8, -9], [-8, -9, -7]])
  func baseline(_ offsets: [Int]) async throws {
    try await ledger.begin(with: ["a": 10])
    for offset in offsets { try await ledger.take(["a": 100, "b": 3], on: day(offset)) }
    #expect(await ledger.totals() == ["a": 0, "b": 0])
    try await ledger.take(["a": 101], on: day(-8))
    #expect(await ledger.totals() == ["a": 1, "b": 0], "what comes after it is usage")
  }

  @Test("does not end with an attempt that failed, and is told across a restart", arguments: [false, true])
  func interrupted(restart: Bool) async throws {
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 100], on: day(-9))
    var progress = try #require(await ledger.book(of: Sample.collector)).progress
    progress.failures += 1
    try await ledger.record(progress, for: Sample.collector)
    let next = restart ? try Ledger(database: database) : ledger
    _ = try await next.register(Sample.collector, zone: "UTC")
    try await next.take(["a": 100], on: day(-8))
    #expect(await next.totals() == ["a": 0])
  }

  @Test("is known once a collection with it is completed: a day that was missed since counts")
  func completed() async throws {
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 100], on: day(-9))
    try await succeed(ledger, after: 60)
    #expect(await ledger.book(of: Sample.collector)?.countsSince == day(-9))
    try await ledger.take(["a": 7], on: day(-8))
    try await ledger.take(["a": 5], on: day(-10))
    #expect(await ledger.totals() == ["a": 7])
  }

  @Test("a clock that was far ahead at the first collection does not make history of what comes after it")
  func clockAhead() async throws {
    _ = try await ledger.register(Sample.collector, zone: "UTC")
    try await ledger.take(["a": 1], on: day(5000))
    var progress = CollectorProgress()
    progress.baselined = true
    progress.zone = "UTC"
    try await ledger.record(progress, for: Sample.collector)
    try await ledger.take(["a": 10])
    try await succeed(ledger, after: 60)
    try await ledger.take(["a": 4], on: day(1))
    #expect(await ledger.totals() == ["a": 4])
  }

  @Test("a day that was forgotten after 400 days counts no more when it is read again", arguments: [false, true])
  func forgotten(restart: Bool) async throws {
    try await ledger.begin(with: ["a": 10])
    for offset in 1...403 { try await ledger.take(["a": 2], on: day(offset)) }
    try await succeed(ledger, after: 60)
    let next = restart ? try Ledger(database: database) : ledger
    let book = try await next.register(Sample.collector, zone: "UTC")
    #expect(book.readAt.keys.min() == .day(day(402 - 400)))
    try await next.take(["a": 10])
    try await next.take(["a": 2], on: day(1))
    #expect(await next.totals() == ["a": 806])
  }

  @Test("does not concern years and all time")
  func otherBuckets() async throws {
    try await ledger.begin(with: ["a": 10])
    for bucket in [Bucket.year(2024), .lifetime] {
      let answer = Answer([.bucket(bucket)], Sample.reading(["a": 3]))
      try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    }
    #expect(await ledger.totals() == ["a": 6])
  }
}
