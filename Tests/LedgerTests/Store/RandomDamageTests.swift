import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// A ledger's files, damaged anywhere: whatever is wrong with them, an answer and never a crash.
///
/// `LEDGER_DAMAGES=100000` lets it run longer.
@Suite("A ledger damaged at any byte", .serialized)
struct RandomDamageTests {
  private static let count = ProcessInfo.processInfo.environment["LEDGER_DAMAGES"].flatMap { Int($0) } ?? 300

  /// What became of a damaged ledger.
  enum Fate: Hashable {
    case whole, earlier, movedAside, refused, unseen
  }

  @Test("in the database: it is whole, moved aside or refused")
  func database() async throws {
    let fates = try await fates(of: .closed(), damaging: "ledger.sqlite")
    print("a damaged database, \(Self.count) times: \(Self.words(fates))")
    #expect((fates[.movedAside] ?? 0) > Self.count / 10)
    #expect(fates[.unseen] == nil && fates[.earlier] == nil, "other counters")
  }

  /// SQLite takes the log as far as its checksums hold, and says nothing of what it left.
  @Test("in the write-ahead log: it is whole, or moved aside")
  func log() async throws {
    let fates = try await fates(of: .killed(), damaging: "ledger.sqlite-wal")
    print("a damaged write-ahead log, \(Self.count) times: \(Self.words(fates))")
    #expect((fates[.movedAside] ?? 0) > Self.count / 2)
    #expect(fates[.unseen] == nil && fates[.earlier] == nil, "other counters")
  }

  @Test("in the mark of the last commit: the ledger is whole")
  func mark() async throws {
    let fates = try await fates(of: .killed(), damaging: "ledger.sqlite-mark")
    #expect(fates == [.whole: Self.count])
  }

  /// What becomes of copies of a sound ledger, each with other damage to one of its files.
  private func fates(of sound: DamagedLedger, damaging file: String) async throws -> [Fate: Int] {
    var fates: [Fate: Int] = [:]
    for seed in 0..<UInt64(Self.count) {
      var random = SeededGenerator(seed: seed)
      var files = sound
      files.damage(file, &random)
      fates[try await files.fate(seed), default: 0] += 1
    }
    return fates
  }

  private static func words(_ fates: [Fate: Int]) -> String {
    fates.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
  }
}
