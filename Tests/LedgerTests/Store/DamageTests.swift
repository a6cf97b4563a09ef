import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// A damaged ledger is moved aside and reported, and a new one begun.
@Suite("A damaged ledger")
struct DamageTests {
  enum Damage: Sendable, CaseIterable {
    case flippedHeader, randomBytes, truncatedToHalf, truncatedInPage, zeroedPages, text

    func apply(to bytes: inout Data) {
      var random = SeededGenerator(seed: 11)
      let half = bytes.count / 2
      switch self {
      case .flippedHeader: bytes[0] ^= 0xff
      case .randomBytes: bytes = Data((0..<bytes.count).map { _ in UInt8.random(in: 0...255, using: &random) })
      case .truncatedToHalf: bytes = bytes.prefix(half / 4096 * 4096)
      case .truncatedInPage: bytes = bytes.prefix(half / 4096 * 4096 + 1000)
      case .zeroedPages: bytes.replaceSubrange(4096..<bytes.count, with: Data(count: bytes.count - 4096))
      case .text: bytes = Data("Bad gateway\n".utf8)
      }
    }
  }

  @Test("is moved aside, whatever the damage", arguments: Damage.allCases)
  func movedAside(_ damage: Damage) async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    try folder.damage(damage.apply)
    let damaged = try Data(contentsOf: folder.database)

    try await withLedger(in: folder) { ledger in
      #expect(!ledger.restored)
      let aside = try #require(ledger.movedAside)
      #expect(try Data(contentsOf: URL(fileURLWithPath: aside)) == damaged)
      #expect(try await ledger.register(Sample.collector, zone: "UTC").series.isEmpty)
      try await ledger.begin(with: ["a": 1])
      try await ledger.take(["a": 3])
      #expect(await ledger.totals() == ["a": 2])
    }
    try await withLedger(in: folder) { ledger in
      #expect(ledger.restored, "the new one is sound")
      #expect(ledger.movedAside == nil)
    }
  }

  @Test(
    "is moved aside for a number or a name that changed within sound tables",
    arguments: [
      "cell_page SET content = zeroblob(length(content))", "cell_page SET page = page + 1",
      "cell_page SET content = x''",
      "series SET total = total + 1 WHERE id = 2", "series SET measure = 'massages' WHERE id = 1",
      "series SET entity_id = 3 - entity_id", "series SET id = id + 10", "entity SET name = 'c' WHERE id = 1",
      "entity SET id = 7 WHERE id = 1", "collector SET digest = digest + 1",
      "event SET id = 'another'", "event SET amounts = x'0106'", "event SET day = day - 1",
      "event SET user_hash = NULL", "event SET stand_in = 1", "event SET checksum = NULL",
      "event_series SET name = 'c'", "event_series SET measure = 'credits'",
    ])
  func changedRows(_ change: String) async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1, "b": 2])
      let event = UsageEvent(id: "1", day: Sample.today, user: "u", amounts: [.init(Sample.key("a"), 2)])
      try await ledger.journal(of: Sample.collector).record([event], completeSince: Sample.today)
    }
    let statement = "PRAGMA foreign_keys = OFF; UPDATE \(change);"
    try LedgerDatabase.makeFile(folder.database.path, running: statement)
    try await withLedger(in: folder) { ledger in
      #expect(ledger.movedAside != nil)
      #expect(!ledger.restored)
    }
  }

  @Test("never takes the place of one that was moved aside before")
  func twiceInASecond() async throws {
    let folder = try TemporaryFolder()
    for _ in 1...3 {
      try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
      try folder.damage { $0 = Data("damaged".utf8) }
    }
    try await withLedger(in: folder) { _ in }
    #expect(folder.files.count { $0.contains("damaged") && !$0.hasSuffix("-mark") } == 3)
  }

  @Test("does not bring its write-ahead log with it")
  func writeAheadLog() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    let killed = try await withLedger(in: folder) { ledger in
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      try await ledger.take(["a": 2])
      return try folder.asLeftByAKill()
    }
    #expect(killed.files.contains("ledger.sqlite-wal"))
    try killed.damage(Damage.randomBytes.apply)
    try await withLedger(in: killed) { ledger in
      #expect(!ledger.restored)
      try await ledger.begin(with: ["b": 1])
      #expect(await ledger.totals() == ["b": 0])
    }
  }

  @Test("is one that has lost commits: without them counters would fall")
  func lostLog() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1])
      await ledger.close()
      try await ledger.take(["a": 5])
      let killed = try folder.asLeftByAKill()
      try FileManager.default.removeItem(atPath: killed.path + "/ledger.sqlite-wal")
      let opened = try Ledger.open(path: killed.path, at: Sample.noon)
      #expect(opened.movedAside != nil)
      #expect(!opened.restored)
    }
  }

  @Test("is not one whose mark is of an earlier commit, or gone, as after a power cut")
  func olderMark() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1])
      let mark = try Data(contentsOf: folder.mark)
      try await ledger.take(["a": 5])
      #expect(try Data(contentsOf: folder.mark) != mark)
      await ledger.close()
      try mark.write(to: folder.mark)
    }
    for _ in 1...2 {
      try await withLedger(in: folder) { ledger in
        #expect(ledger.movedAside == nil)
        #expect(ledger.restored)
      }
      try? FileManager.default.removeItem(at: folder.mark)
    }
  }

  @Test("is not one that is begun where another was removed, but for its mark")
  func removed() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    try FileManager.default.removeItem(at: folder.database)
    for isRestored in [false, true] {
      try await withLedger(in: folder) { ledger in
        #expect(ledger.movedAside == nil)
        #expect(ledger.restored == isRestored)
        try await ledger.begin(with: ["a": 1])
      }
    }
  }

  @Test("is whole again if the write-ahead log holds what was damaged")
  func healedByTheLog() async throws {
    let folder = try TemporaryFolder()
    let killed = try await withLedger(in: folder) { ledger in
      try await ledger.begin(with: ["a": 1])
      try await ledger.take(["a": 5])
      return try folder.asLeftByAKill()
    }
    try killed.damage { $0[0] ^= 0xff }
    try await withLedger(in: killed) { ledger in
      #expect(ledger.restored)
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      #expect(await ledger.totals() == ["a": 4])
    }
  }
}
