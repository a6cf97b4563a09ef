import Foundation
import Ledger
import Testing
import Usage

/// A ledger that an earlier version left opens with all its content.
@Suite("A ledger of version 1")
struct MigrationTests {
  private static let fresh = CollectorID(Sample.workspace, "fresh")

  /// The folder of a ledger that was last written by version 1.
  private func folder(version: String = "1") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try LedgerDatabase.makeFile(
      folder.database.path,
      running: VersionOne.tables + VersionOne.content + "PRAGMA user_version = \(version);")
    return folder
  }

  @Test("keeps every counter, gauge, name and date")
  func content() async throws {
    let folder = try folder()
    try await withLedger(in: folder) { ledger in
      #expect(ledger.restored)
      #expect(ledger.movedAside == nil)
      let book = try await ledger.register(Sample.collector, zone: "UTC")
      #expect(book.series[Sample.key("a")] == SeriesState(row: 1, total: 7, hold: .released))
      #expect(book.series[Sample.key("nul \0")] == SeriesState(row: 2, total: 3, hold: .unserved(120)))
      #expect(book.periods == [PeriodWindow(.month, start: Sample.today): [Sample.key("a"): 21]])
      #expect(book.tallies[.messages]?.excess == 2)
      #expect(book.tallies[.messages]?.corrections == 1)
      #expect(book.rejected == [.negative: 4])
      #expect(book.states == [.phoneNumbersUsed: 12])
      #expect(book.attributes == [Entity(.agent, "a"): [.init("name", "A")]])
      #expect(book.readAt == [.day(Sample.today): Sample.noon, .day(Sample.today.advanced(by: -1)): Sample.noon])
      #expect(await ledger.foldedAgents(of: Sample.workspace) == 1)
      let workspace = try await ledger.progress(of: Sample.workspace)
      #expect(workspace.blockedUntil == Sample.noon)
      #expect(workspace.refusedCredential == -5)
    }
  }

  @Test("keeps how each collector fares; nothing is unavailable, and nothing known of events and families")
  func progress() async throws {
    let folder = try folder()
    try await withLedger(in: folder) { ledger in
      let progress = try await ledger.register(Sample.collector, zone: "UTC").progress
      var expected = CollectorProgress()
      expected.baselined = true
      expected.lastAttempt = Sample.noon
      expected.lastSuccess = Sample.noon
      expected.nextAttempt = Sample.noon.addingTimeInterval(1800)
      expected.dataThrough = Sample.noon
      expected.lastSucceeded = true
      expected.lastDuration = 1.5
      expected.rows = 9
      expected.zone = "UTC"
      #expect(progress == expected)
      let since = try await ledger.journal(of: Sample.collector).completeSince()
      let families = try await ledger.sharedFamilies(of: Sample.workspace)
      #expect(since == nil)
      #expect(families == SharedFamilies())
    }
  }

  @Test("counts on: growth, days missed and late history")
  func countsOn() async throws {
    let folder = try folder()
    try await withLedger(in: folder) { ledger in
      let book = try await ledger.register(Sample.collector, zone: "UTC")
      #expect(book.countsSince == Sample.today.advanced(by: -1))
      try await ledger.take(["a": 12])
      try await ledger.take(["a": 1], on: Sample.today.advanced(by: 1))
      try await ledger.take(["a": 50], on: Sample.today.advanced(by: -2))
      #expect(await ledger.totals() == ["a": 7 + 2 + 1, "nul \0": 3])
      let fresh = try await ledger.register(Self.fresh, zone: "UTC")
      #expect(fresh.countsSince == nil, "its first collection was cut short")
      #expect(fresh.readAt.count == 1)
    }
  }

  @Test("is brought up once, and is then a ledger like any other")
  func once() async throws {
    let folder = try folder()
    try await withLedger(in: folder) { ledger in
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      let event = UsageEvent(id: "1", day: Sample.today, user: "u", amounts: [.init(Sample.key("a"), 2)])
      try await ledger.journal(of: Sample.collector).record([event], completeSince: Sample.today)
      try await ledger.transfer(SeriesFamily(.agent, .messages), to: "agents", in: Sample.workspace)
    }
    try await withLedger(in: folder) { ledger in
      #expect(ledger.restored)
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      let users = try await ledger.journal(of: Sample.collector).activeUsers(over: DaySpan(Sample.today))
      #expect(users == [Entity(.agent, "a"): 1, .workspace: 1])
      let owners = try await ledger.sharedFamilies(of: Sample.workspace).owners
      #expect(owners == [SeriesFamily(.agent, .messages): "agents"])
    }
  }

  @Test("one of version 4 keeps its events, and they have checksums from then on")
  func events() async throws {
    let folder = try TemporaryFolder()
    let event = UsageEvent(id: "1", day: Sample.today, user: "u", amounts: [.init(Sample.key("a"), 2)])
    try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1])
      try await ledger.journal(of: Sample.collector).record([event], completeSince: Sample.today)
    }
    try LedgerDatabase.makeFile(
      folder.database.path,
      running: """
        ALTER TABLE event DROP COLUMN checksum;
        ALTER TABLE event_series DROP COLUMN checksum;
        ALTER TABLE bucket DROP COLUMN untold;
        DROP TABLE last_commit;
        PRAGMA user_version = 4;
        """)
    try FileManager.default.removeItem(at: folder.mark)
    for change in ["SELECT 1", "UPDATE event SET amounts = x'0106'"] {
      try await withLedger(in: folder) { ledger in
        #expect(ledger.restored)
        _ = try await ledger.register(Sample.collector, zone: "UTC")
        let reading = try await ledger.journal(of: Sample.collector).reading(of: Sample.today)
        #expect(reading.quantities == [Sample.key("a"): 2])
      }
      try LedgerDatabase.makeFile(folder.database.path, running: change)
    }
    try await withLedger(in: folder) { #expect($0.movedAside != nil) }
  }

  @Test("a version that is not known is refused, whichever byte tells it", arguments: 0..<4)
  func newer(byte: Int) async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    try folder.damage { $0[60 + byte] ^= 0xff }
    let before = try Data(contentsOf: folder.database)
    let error = #expect(throws: LedgerError.self) { try Ledger.open(path: folder.path, at: Sample.noon) }
    guard case .newer = error else { throw Unexpected("\(String(describing: error))") }
    #expect(try Data(contentsOf: folder.database) == before)
  }

  @Test("tables that are not of the version they claim are damage")
  func falseVersion() async throws {
    let folder = try folder(version: "0")
    try await withLedger(in: folder) { ledger in
      #expect(!ledger.restored)
      #expect(ledger.movedAside != nil)
    }
  }
}
