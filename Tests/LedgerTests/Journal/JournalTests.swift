import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// A journal and events for tests that look at one thing at a time.
enum JournalSample {
  static func event(_ id: String, _ amount: Int64 = 1, on day: Day = Sample.today, user: String? = nil)
    -> UsageEvent
  {
    UsageEvent(id: id, day: day, user: user, amounts: [.init(Sample.key("a", .executions), amount)])
  }

  static func journal(_ ledger: Ledger) async throws -> LedgerJournal {
    _ = try await ledger.register(Sample.collector, zone: "UTC")
    return ledger.journal(of: Sample.collector)
  }
}

@Suite("The event journal")
struct JournalTests {
  @Test("a stand-in is known as one until the row itself takes its place")
  func standIn() async throws {
    let journal = try await JournalSample.journal(Ledger(database: .inMemory()))
    let amounts = [UsageEvent.Amount(Sample.key("a", .executions), 1)]
    let standIn = UsageEvent(id: "1", day: Sample.today, user: "u", isProvisional: true, amounts: amounts)
    try await journal.record([standIn], completeSince: nil)
    let first = try await journal.known(["1", "2"])
    #expect(first == ["1": true])
    try await journal.record([JournalSample.event("1", 1, on: Sample.today.advanced(by: -1))], completeSince: nil)
    let second = try await journal.known(["1", "2"])
    let today = try await journal.reading(of: Sample.today)
    #expect(second == ["1": false])
    #expect(today.quantities.isEmpty, "it counts once, in its own day")
  }

  @Test("of two rows with one id in a record the later one stays")
  func twiceInOneRecord() async throws {
    let journal = try await JournalSample.journal(Ledger(database: .inMemory()))
    try await journal.record(
      [JournalSample.event("1", 5), JournalSample.event("1", 7, on: Sample.today.advanced(by: 1))], completeSince: nil)
    let today = try await journal.reading(of: Sample.today)
    let tomorrow = try await journal.reading(of: Sample.today.advanced(by: 1))
    #expect(today.quantities.isEmpty)
    #expect(tomorrow.quantities == [Sample.key("a", .executions): 7])
  }

  @Test("ids and names outlive a restart as they are, however hostile")
  func hostileIDs() async throws {
    let ids = [
      "nul \0", "nul ", "nul \\0", "quote ' \" ; --", String(repeating: "x", count: 300),
      String(repeating: "x", count: 299), "", "🧑‍🚀",
    ]
    let database = try LedgerDatabase.inMemory()
    let journal = try await JournalSample.journal(Ledger(database: database))
    let events = ids.enumerated().map { index, id in
      UsageEvent(
        id: id, day: Sample.today, user: id,
        amounts: [.init(SeriesKey(Entity(.agent, id), .executions), Int64(1 << index))])
    }
    try await journal.record(events, completeSince: Sample.today)
    var model = JournalModel()
    model.record(events, completeSince: Sample.today)
    try await journal.check(model, today: Sample.today, ids: ids)
    let restarted = try await JournalSample.journal(Ledger(database: database))
    try await restarted.check(model, today: Sample.today, ids: ids)
    let users = try await restarted.activeUsers(over: DaySpan(Sample.today))
    #expect(users[.workspace] == Int64(ids.count))
  }

  @Test("users are never written as the provider names them", arguments: [false, true])
  func privacy(closed: Bool) async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      let journal = try await JournalSample.journal(ledger)
      let events = (0..<200).map { JournalSample.event("event-\($0)", user: "secret-person-\($0 % 50)@example.org") }
      try await journal.record(events, completeSince: nil)
      if closed { await ledger.close() }
      var bytes = Data()
      for file in folder.files { bytes += try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + file)) }
      #expect(bytes.range(of: Data("event-199".utf8)) != nil, "the search finds what is there")
      #expect(bytes.range(of: Data("secret-person".utf8)) == nil)
      #expect(bytes.range(of: Data("example.org".utf8)) == nil)
      let users = try await journal.activeUsers(over: DaySpan(Sample.today))
      #expect(users == [Entity(.agent, "a"): 50, .workspace: 50])
    }
  }

  @Test("collectors have nothing in common, and one that was never registered is refused")
  func collectors() async throws {
    let ledger = try Ledger(database: .inMemory())
    let journal = try await JournalSample.journal(ledger)
    try await journal.record([JournalSample.event("1", user: "u")], completeSince: Sample.today)
    let other = CollectorID(Sample.workspace, "other")
    let error = await #expect(throws: LedgerError.self) { try await ledger.journal(of: other).completeSince() }
    guard case .unknownCollector(other) = error else { throw Unexpected("\(String(describing: error))") }
    _ = try await ledger.register(other, zone: "UTC")
    try await ledger.journal(of: other).check(JournalModel(), today: Sample.today, ids: ["1"])
  }

  @Test("a date that is far ahead throws nothing away", arguments: [5000, 100_000])
  func farAhead(days: Int) async throws {
    let journal = try await JournalSample.journal(Ledger(database: .inMemory()))
    try await journal.record([JournalSample.event("1")], completeSince: Sample.today)
    try await journal.record([JournalSample.event("2", on: Sample.today.advanced(by: days))], completeSince: nil)
    try await journal.record([JournalSample.event("3", 4)], completeSince: nil)
    let today = try await journal.reading(of: Sample.today)
    let since = try await journal.completeSince()
    #expect(today.quantities == [Sample.key("a", .executions): 5])
    #expect(since == Sample.today)
  }

  @Test("a month of many events is exact, and so is what is added to it")
  func bulk() async throws {
    var random = SeededGenerator(seed: 3)
    var events: [UsageEvent] = []
    for index in 0..<10_000 {
      let day = Sample.today.advanced(by: -random.number(0...29))
      let (amount, user) = (Int64(random.number(1...9)), "\(random.number(0...999))")
      events.append(JournalSample.event("\(index)", amount, on: day, user: user))
    }
    var model = JournalModel(events)
    let journal = try await JournalSample.journal(Ledger(database: .inMemory()))
    for start in stride(from: 0, to: events.count, by: 100) {
      try await journal.record(Array(events[start..<(start + 100)]), completeSince: nil)
    }
    try await journal.check(model, today: Sample.today, ids: ["0", "9999", "10000"])
    let more = [
      JournalSample.event("more", user: "more"),
      JournalSample.event("0", on: Sample.today.advanced(by: -3), user: "more"),
    ]
    try await journal.record(more, completeSince: nil)
    model.record(more, completeSince: nil)
    try await journal.check(model, today: Sample.today, ids: ["0", "more"])
  }
}
