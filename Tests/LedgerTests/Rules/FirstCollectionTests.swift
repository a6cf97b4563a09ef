import Foundation
import Ledger
import Testing
import Usage

@Suite("A collector's first collection")
struct FirstCollectionTests {
  private let ledger: Ledger

  init() throws {
    ledger = try Ledger(database: .inMemory())
  }

  /// What a scrape so many seconds after noon shows.
  private func scrape(_ seconds: TimeInterval = 0) async throws -> [String: Int64] {
    let book = try await ledger.settle([Sample.collector], at: Sample.noon.addingTimeInterval(seconds))[0]
    return Dictionary(uniqueKeysWithValues: book.series.map { ($0.key.entity.id, $0.value.published) })
  }

  @Test("is a baseline: counters start at 0, and growth shows at the second scrape")
  func baseline() async throws {
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 12])
    #expect(try await scrape() == ["a": 0])
    #expect(try await scrape(1) == ["a": 2])
  }

  @Test("and its holds are left alone by a scrape that is over before the ledger gets to it")
  func late() async throws {
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 12])
    let over = ContinuousClock.now - .milliseconds(1)
    for _ in 1...2 {
      #expect(try await ledger.settle([Sample.collector], at: Sample.noon, before: over).isEmpty)
    }
    #expect(try await scrape() == ["a": 0])
    let ahead = ContinuousClock.now + .seconds(600)
    let books = try await ledger.settle([Sample.collector], at: Sample.noon.addingTimeInterval(1), before: ahead)
    #expect(books.first?.series.states.map(\.published) == [2])
  }

  @Test(
    "is a baseline of each measure: one that the provider says nothing of before begins with what there is",
    arguments: [false, true])
  func lateMeasure(restart: Bool) async throws {
    let database = try LedgerDatabase.inMemory()
    var ledger = try Ledger(database: database)
    func take(_ calls: Int64?, on day: Day) async throws {
      if restart { ledger = try Ledger(database: database) }
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      var reading = Sample.reading(["a": 1])
      if let calls { reading.quantities[Sample.key("a", .calls)] = calls } else { reading.unreported = [.calls] }
      try await ledger.commit(
        Answer([.bucket(.day(day))], reading), to: Sample.collector, at: Sample.noon, policy: Sample.policy)
    }
    func calls() async -> Int64? { await ledger.book(of: Sample.collector)?.series[Sample.key("a", .calls)]?.total }
    try await take(nil, on: Sample.today)
    var progress = CollectorProgress()
    (progress.baselined, progress.zone) = (true, "UTC")
    try await ledger.record(progress, for: Sample.collector)
    try await take(nil, on: Sample.today)
    try await take(1000, on: Sample.today)
    #expect(await calls() == 0)
    try await take(1003, on: Sample.today)
    #expect(await calls() == 3)
    // Silent once more, it goes on from where it was.
    try await take(nil, on: Sample.today)
    try await take(1005, on: Sample.today)
    #expect(await calls() == 5)
    // A day that nothing is known of but that it came after the first collection is all usage.
    try await take(nil, on: Sample.today.advanced(by: 1))
    try await take(7, on: Sample.today.advanced(by: 1))
    #expect(await calls() == 12)
  }

  @Test("counts days that are read for the first time after it")
  func laterDays() async throws {
    try await ledger.begin(with: ["a": 10])
    try await ledger.take(["a": 5], on: Sample.today.advanced(by: 3))
    try await ledger.take(["a": 3], on: Sample.today.advanced(by: 1))
    #expect(await ledger.totals() == ["a": 8])
  }

  @Test("that was cut short goes on: days not yet read are baseline, days read are counted")
  func cutShort() async throws {
    _ = try await ledger.register(Sample.collector, zone: "UTC")
    try await ledger.take(["a": 10])
    try await ledger.take(["a": 11])
    try await ledger.take(["a": 100], on: Sample.today.advanced(by: -1))
    #expect(await ledger.totals() == ["a": 1])
  }

  @Test("that was cut short holds an entity back whose usage is counted, as any new one")
  func newEntityBeforeTheEnd() async throws {
    _ = try await ledger.register(Sample.collector, zone: "UTC")
    try await ledger.take(["a": 10])
    try await ledger.take(["a": 10, "new": 4])
    #expect(try await scrape() == ["a": 0, "new": 0])
    #expect(try await scrape(119) == ["a": 0, "new": 0])
    #expect(try await scrape(120) == ["a": 0, "new": 4])
  }
}
