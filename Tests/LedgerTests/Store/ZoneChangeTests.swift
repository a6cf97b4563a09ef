import Foundation
import Ledger
import Testing
import Usage

/// Days that are cut anew hold other usage under the same date, so what they hold is no increase.
@Suite("A change of time zone")
struct ZoneChangeTests {
  @Test("makes the next reading of each day a baseline, and keeps the counters", arguments: [false, true])
  func baselinesAnew(restart: Bool) async throws {
    let database = try LedgerDatabase.inMemory()
    var ledger = try Ledger(database: database)
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 15])
    if restart { ledger = try Ledger(database: database) }

    let book = try await ledger.register(Sample.collector, zone: "Asia/Tokyo")
    #expect(!book.progress.baselined)
    #expect(book.progress.zone == "Asia/Tokyo")
    #expect(book.progress.nextAttempt == nil)
    #expect(book.readAt.isEmpty)
    try await ledger.take(["a": 40, "b": 7])
    #expect(await ledger.totals() == ["a": 5, "b": 0])
    try await ledger.begin(with: ["a": 41, "b": 9], zone: "Asia/Tokyo")
    #expect(await ledger.totals() == ["a": 6, "b": 2])
    try await ledger.take(["a": 3], on: Sample.today.advanced(by: 1))
    #expect(await ledger.totals() == ["a": 9, "b": 2])
  }

  @Test("does not move the start of the live counters")
  func liveStart() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      func succeed(_ zone: String, after seconds: Double) async throws {
        var progress = try await ledger.register(Sample.collector, zone: zone).progress
        progress.baselined = true
        progress.lastSuccess = Sample.noon.addingTimeInterval(seconds)
        try await ledger.record(progress, for: Sample.collector)
      }
      try await succeed("UTC", after: 0)
      _ = try await ledger.register(Sample.collector, zone: "Asia/Tokyo")
      #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .since(Sample.noon)])
      try await succeed("Asia/Tokyo", after: 9000)
      #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .since(Sample.noon)])
    }
  }

  @Test("of which the new cut holds less loses nothing: growth over the new baseline counts", arguments: [false, true])
  func smallerCut(restart: Bool) async throws {
    let database = try LedgerDatabase.inMemory()
    var ledger = try Ledger(database: database)
    try await ledger.begin(with: ["a": 1000])
    try await ledger.take(["a": 1300])
    try await ledger.begin(with: ["a": 700], zone: "America/New_York")
    #expect(await ledger.book(of: Sample.collector)?.tallies.isEmpty == true)
    if restart { ledger = try Ledger(database: database) }
    _ = try await ledger.register(Sample.collector, zone: "America/New_York")
    try await ledger.take(["a": 2400])
    #expect(await ledger.totals() == ["a": 300 + 1700])
    let last = try await ledger.take(["a": 2300])
    #expect(last.tallies[.messages]?.excess == 100 && last.tallies[.messages]?.corrections == 1)
  }

  @Test("withdraws gauges of days that were cut otherwise, names stay")
  func gauges() async throws {
    let ledger = try Ledger(database: .inMemory())
    try await ledger.begin()
    var reading = Sample.reading(["a": 1])
    reading.attributes[Entity(.agent, "a")] = [.init("name", "A")]
    let answer = Answer([.period(PeriodWindow(.day, today: Sample.today))], reading)
    try await ledger.commit(answer, to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    let book = try await ledger.register(Sample.collector, zone: "Asia/Tokyo")
    #expect(book.periods.isEmpty)
    #expect(book.attributes.count == 1)
  }

  @Test("the same zone again changes nothing", arguments: [false, true])
  func sameZone(restart: Bool) async throws {
    let database = try LedgerDatabase.inMemory()
    let ledger = try Ledger(database: database)
    try await ledger.begin(with: ["a": 10])
    let before = try await ledger.take(["a": 15])
    let next = restart ? try Ledger(database: database) : ledger
    try await next.register(Sample.collector, zone: "UTC").checkSame(as: before)
  }
}
