import Foundation
import Ledger
import Testing
import Usage

/// What another process may learn of when counters began.
@Suite("The start of live counters")
struct LiveStartTests {
  private static let later = CollectorID(Sample.workspace, "later")

  private static func success(at date: Date) -> CollectorProgress {
    var progress = CollectorProgress()
    progress.baselined = true
    progress.lastSuccess = date
    progress.zone = "UTC"
    return progress
  }

  @Test("is that of the first completed collection of the first collector, read while the ledger is in use")
  func whileInUse() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { ledger in
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      #expect(try LiveStart.all(inFolder: folder.path) == [:])
      try await ledger.record(Self.success(at: Sample.noon), for: Sample.collector)
      _ = try await ledger.register(Self.later, zone: "UTC")
      try await ledger.record(Self.success(at: Sample.noon + 9000), for: Self.later)
      try await ledger.record(Self.success(at: Sample.noon + 86_400), for: Sample.collector)
      #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .since(Sample.noon)])
      // Neither the lock nor a table is touched.
      try await ledger.take(["a": 3])
    }
    #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .since(Sample.noon)])
  }

  @Test("is not known of counters from before it was kept, upgraded or not")
  func older() async throws {
    let folder = try TemporaryFolder()
    try LedgerDatabase.makeFile(
      folder.database.path, running: VersionOne.tables + VersionOne.content + "PRAGMA user_version = 1;")
    #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .unknown])
    try await withLedger(in: folder) { ledger in
      _ = try await ledger.register(Sample.collector, zone: "UTC")
      try await ledger.record(Self.success(at: Sample.noon + 86_400), for: Sample.collector)
    }
    #expect(try LiveStart.all(inFolder: folder.path) == [Sample.workspace: .unknown])
  }

  @Test("there is none without a ledger, and a damaged one is a fault")
  func missing() async throws {
    let folder = try TemporaryFolder()
    #expect(try LiveStart.all(inFolder: folder.path) == [:])
    #expect(try LiveStart.all(inFolder: ":memory:") == [:])
    try Data(repeating: 7, count: 5000).write(to: folder.database)
    #expect(throws: LedgerError.self) { try LiveStart.all(inFolder: folder.path) }
  }
}
