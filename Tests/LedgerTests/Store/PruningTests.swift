import Foundation
import Ledger
import Testing
import Usage

@Suite("Days beyond 400")
struct PruningTests {
  @Test("are forgotten, and the counters keep what they counted there")
  func totalsStay() async throws {
    let database = try LedgerDatabase.inMemory()
    let ledger = try Ledger(database: database)
    try await ledger.begin()
    for offset in 0..<450 { try await ledger.take(["a": 2, "b": 1], on: Sample.today.advanced(by: offset)) }
    #expect(await ledger.totals() == ["a": 900, "b": 450])

    let restarted = try Ledger(database: database)
    let book = try await restarted.register(Sample.collector, zone: "UTC")
    #expect(await restarted.totals() == ["a": 900, "b": 450])
    let oldest = Sample.today.advanced(by: 448 - 400)
    #expect(book.readAt.keys.min() == .day(oldest))
    #expect(book.readAt.count == 402)
  }

  @Test("do not grow the store: the years and the lifetime stay")
  func bounded() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin()
    let policy = Sample.policy
    for bucket in [Bucket.year(2025), .lifetime] {
      let answer = Answer([.bucket(bucket)], Sample.reading(["a": 3]))
      try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: policy)
    }
    for offset in 0..<420 { try await ledger.take(["a": 1], on: Sample.today.advanced(by: offset)) }
    let size = await ledger.size
    for offset in 420..<840 { try await ledger.take(["a": 1], on: Sample.today.advanced(by: offset)) }
    #expect(await ledger.size <= size + 8192)
    for bucket in [Bucket.year(2025), .lifetime] {
      let answer = Answer([.bucket(bucket)], Sample.reading(["a": 4]))
      try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: policy)
    }
    #expect(await ledger.totals() == ["a": 840 + 8])
  }

  @Test("a clock that is far ahead for a moment throws nothing away")
  func clockAhead() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 15])
    try await ledger.take([:], on: Sample.today.advanced(by: 5000))
    try await ledger.take(["a": 15])
    #expect(await ledger.totals() == ["a": 5])
  }

  @Test("a clock that is far ahead for days throws nothing away")
  func clockAheadForDays() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 15])
    for offset in 5000..<5010 { try await ledger.take([:], on: Sample.today.advanced(by: offset)) }
    try await ledger.take(["a": 15])
    #expect(await ledger.totals() == ["a": 5])
  }

  @Test("a repeat of a day that is 400 days old counts nothing")
  func atTheEdge() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin()
    try await ledger.take(["a": 7])
    try await ledger.take(["a": 1], on: Sample.today.advanced(by: 400))
    try await ledger.take(["a": 7])
    #expect(await ledger.totals() == ["a": 8])
  }
}
