import Foundation
import Ledger
import Testing
import Usage

@Suite("What outlives a process")
struct PersistenceTests {
  private static let names = [
    "quote \" back\\slash\nnewline", "emoji 👩‍👩‍👧 and العربية", "nul \0 and bell \u{7}",
    String(repeating: "n", count: 10_000), "",
  ]

  private static func answer() throws -> Answer {
    var reading = Sample.reading(["a": 5, "unassigned": 1])
    let model = SeriesKey(Entity(.model, "gpt", qualifier: "openai"), .tokens, TokenType.cachedInput.rawValue)
    reading.quantities[model] = Quantity.limit
    reading.quantities[SeriesKey(.workspace, .credits)] = 1_234_567
    reading.activeUsers = [Entity(.agent, "a"): 3, .workspace: 7, Entity(.agent, "users only"): 1]
    for (index, name) in names.enumerated() {
      reading.attributes[Entity(.agent, "named \(index)")] = [.init("name", name), .init("type", "x")]
    }
    reading.states = [.phoneNumbersUsed: 12, .phoneNumbersLimit: 0]
    reading.rejected = [.negative: 2, .invalidUTF8: 1]
    let window = try #require(ActiveUserWindow(days: 7))
    return Answer(
      [
        .bucket(.day(Sample.today)), .bucket(.year(2025)), .bucket(.lifetime),
        .period(PeriodWindow(.month, today: Sample.today)), .period(PeriodWindow(.week, today: Sample.today)),
        .activeUsers(window, end: Sample.today),
      ], reading)
  }

  @Test("counters, gauges, active users, names, states, tallies and progress, on disk", arguments: [false, true])
  func everything(closed: Bool) async throws {
    let folder = try TemporaryFolder()
    let before = try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 9])
      try await ledger.commit(try Self.answer(), to: Sample.collector, at: Sample.noon, policy: Sample.policy)
      try await ledger.settle([Sample.collector], at: Sample.noon)
      var progress = CollectorProgress()
      progress.baselined = true
      progress.lastAttempt = Sample.noon
      progress.nextAttempt = Sample.noon.addingTimeInterval(1800)
      progress.lastDuration = 1.25
      progress.failures = 3
      progress.rows = 17
      progress.catchingUp = true
      progress.unavailable = true
      progress.zone = "UTC"
      let book = try await ledger.record(progress, for: Sample.collector)
      if closed { await ledger.close() }
      return book
    }
    try await withLedger(in: folder) { ledger in
      #expect(ledger.restored)
      let book = try await ledger.register(Sample.collector, zone: "UTC")
      try book.checkSame(as: before)
      #expect(book.attributes.count == Self.names.count)
      let total = try #require(book.series[Sample.key("a")]).total
      #expect(total == 10, "5 in the year and 5 in the lifetime, which are buckets of their own")
    }
  }

  @Test("what a workspace remembers, and whether a credential was the refused one")
  func workspace() async throws {
    let folder = try TemporaryFolder()
    var progress = WorkspaceProgress()
    progress.blockedUntil = Sample.noon
    let secret = Secret("key-1")
    progress.refusedCredential = try await withLedger(in: folder) { try await $0.fingerprint(of: secret) }
    let stored = progress
    try await withLedger(in: folder) { ledger in
      let none = try await ledger.progress(of: Sample.workspace)
      #expect(none == WorkspaceProgress())
      try await ledger.record(stored, for: Sample.workspace)
    }
    try await withLedger(in: folder) { ledger in
      let found = try await ledger.progress(of: Sample.workspace)
      let again = try await ledger.fingerprint(of: secret)
      let other = try await ledger.fingerprint(of: Secret("key-2"))
      let namesake = try await ledger.progress(of: WorkspaceID(.tess, "acme"))
      #expect(found == stored)
      #expect(again == stored.refusedCredential)
      #expect(other != stored.refusedCredential)
      #expect(namesake == WorkspaceProgress())
    }
  }

  @Test("a credential cannot be told from the fingerprint of another ledger")
  func salted() async throws {
    let first = try await Ledger(database: .inMemory()).fingerprint(of: Secret("key"))
    let second = try await Ledger(database: .inMemory()).fingerprint(of: Secret("key"))
    #expect(first != second)
  }

  @Test("a start that finds all as it was commits nothing: it waits for no disk")
  func unchanged() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    let mark = try Data(contentsOf: folder.mark)
    try await withLedger(in: folder) { ledger in
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      #expect(try Data(contentsOf: folder.mark) == mark)
      try await ledger.take(["a": 2])
      #expect(try Data(contentsOf: folder.mark) != mark)
    }
  }

  @Test("a kill leaves what was committed: the log of an unclosed ledger is read")
  func unclosed() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1])
      try await ledger.take(["a": 4])
      let copy = try folder.asLeftByAKill()
      #expect(copy.files.contains("ledger.sqlite-wal"))
      try await withLedger(in: copy) { killed in
        _ = try await killed.register(Sample.collector, zone: "UTC")
        #expect(await killed.totals() == ["a": 3])
      }
    }
  }
}

@Suite("Hostile ids")
struct HostileIDTests {
  @Test("outlive a restart as they are")
  func restart() async throws {
    let amounts: [String: Int64] = ["a\0b": 1, "a\0c": 2, #"a\0b"#: 4, #"a\\"#: 8, "\0": 16, "a": 32]
    let database = try LedgerDatabase.inMemory()
    let ledger = try Ledger(database: database)
    try await ledger.begin()
    try await ledger.take(amounts)
    #expect(await ledger.totals() == amounts)
    let restarted = try Ledger(database: database)
    _ = try await restarted.register(Sample.collector, zone: "UTC")
    #expect(await restarted.totals() == amounts)
    try await restarted.take(amounts)
    #expect(await restarted.totals() == amounts)
  }
}
