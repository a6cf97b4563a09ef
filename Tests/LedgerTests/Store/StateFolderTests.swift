import Foundation
import Ledger
import Testing
import Usage

@Suite("The ledger's folder")
struct StateFolderTests {
  @Test("a new folder is made, with a ledger that was not restored")
  func created() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.open(path: folder.path + "/deep/er", at: Sample.noon)
    #expect(!ledger.restored)
    #expect(ledger.movedAside == nil)
    #expect(await ledger.size > 0)
  }

  @Test("a second process on one folder is refused, and let in once the first is gone")
  func inUse() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { _ in
      let error = #expect(throws: LedgerError.self) { try Ledger.open(path: folder.path, at: Sample.noon) }
      guard case .inUse(let path) = error else { throw Unexpected("\(String(describing: error))") }
      #expect(path == folder.path)
      #expect(error?.description.contains("--state.path") == true)
    }
    #expect(throws: Never.self) { try Ledger.open(path: folder.path, at: Sample.noon) }
  }

  @Test("an opened ledger that nobody wrote to has no content")
  func emptyIsNotRestored() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { _ in }
    #expect(try !Ledger.open(path: folder.path, at: Sample.noon).restored)
  }

  @Test("a path that cannot be a folder is unusable", arguments: ["/file", "/file/below"])
  func unusableFolder(suffix: String) throws {
    let folder = try TemporaryFolder()
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
    let error = #expect(throws: LedgerError.self) { try Ledger.open(path: folder.path + suffix, at: Sample.noon) }
    guard case .unusable = error else { throw Unexpected("\(String(describing: error))") }
  }

  @Test("a database that cannot be opened is unusable, not damaged", arguments: ["ledger.sqlite", "ledger.lock"])
  func unusableFile(name: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: false)
    let error = #expect(throws: LedgerError.self) { try Ledger.open(path: folder.path, at: Sample.noon) }
    guard case .unusable = error else { throw Unexpected("\(String(describing: error))") }
    #expect(!folder.files.contains { $0.contains("damaged") })
  }

  @Test("a ledger of a newer version is refused and left as it is")
  func newer() async throws {
    let folder = try TemporaryFolder()
    try await withLedger(in: folder) { try await $0.begin(with: ["a": 1]) }
    // The file header's user_version is the big-endian number at offset 60.
    try folder.damage { $0.replaceSubrange(60..<64, with: [0, 0, 0, 99]) }
    let before = try Data(contentsOf: folder.database)
    let error = #expect(throws: LedgerError.self) { try Ledger.open(path: folder.path, at: Sample.noon) }
    guard case .newer(found: 99, _) = error else { throw Unexpected("\(String(describing: error))") }
    #expect(try Data(contentsOf: folder.database) == before)
    #expect(!folder.files.contains { $0.contains("damaged") })
  }

  @Test(":memory: keeps nothing, and two of them have nothing in common")
  func memory() async throws {
    let first = try Ledger.open(path: ":memory:", at: Sample.noon)
    try await first.begin(with: ["a": 1])
    let second = try Ledger.open(path: ":memory:", at: Sample.noon)
    #expect(!second.restored)
    #expect(try await second.register(Sample.collector, zone: "UTC").series.isEmpty)
    #expect(await second.size > 0)
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Opens the ledger of a folder for as long as `body` takes, as a process that is then gone.
func withLedger<Result: Sendable>(in folder: TemporaryFolder, _ body: (Ledger) async throws -> Result) async throws
  -> Result
{
  let ledger = try Ledger.open(path: folder.path, at: Sample.noon)
  return try await body(ledger)
}
