import Foundation
import Testing

@Suite("The ledger against the specification")
struct HistoryTests {
  /// `LEDGER_HISTORIES` and `LEDGER_SEED` change how many histories are played and which.
  static let count = number("LEDGER_HISTORIES") ?? 100_000
  static let firstSeed = UInt64(number("LEDGER_SEED") ?? 1)
  static let shards = max(1, min(8, ProcessInfo.processInfo.activeProcessorCount))

  /// Each shard is a process of its own: within one, SQLite's allocator would make the shards wait for each other.
  @Test(
    "in random histories every counter is monotone and exact, and a restart is indistinguishable from none",
    arguments: 0..<shards)
  func randomHistories(shard: Int) async throws {
    let result = try await #require(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) { [shard] in
      let coverage = await HistoryTests.play(shard: shard)
      print("shard \(shard): \(coverage)")
    }
    print(String(decoding: result.standardOutputContent, as: UTF8.self))
  }

  private static func play(shard: Int) async -> HistoryCoverage {
    var coverage = HistoryCoverage()
    do {
      var bench = try Bench()
      for (turn, index) in stride(from: shard, to: count, by: shards).enumerated() {
        // A new database costs as much as a history, so that fifty live in one, each in a workspace of its own.
        if turn % 50 == 49 { bench = try Bench() }
        coverage.merge(try await play(seed: firstSeed &+ UInt64(index), on: &bench))
      }
      checkVariety(coverage)
    } catch {
      Issue.record("\(error)")
    }
    return coverage
  }

  private static func play(seed: UInt64, on bench: inout Bench) async throws -> HistoryCoverage {
    let history = History(seed: seed)
    do {
      return try await history.play(in: "acme-\(seed)", on: &bench)
    } catch {
      let small = await history.shrunk { await $0.failure() != nil }
      let reason = await small.failure() ?? "only after others in one database: \(error)"
      throw Discrepancy("seed \(seed), shrunk to \(small)\n\(reason)")
    }
  }

  /// Histories that hardly ever meet a kill would show nothing about kills.
  private static func checkVariety(_ coverage: HistoryCoverage) {
    guard count >= 10_000 else { return }
    for event in HistoryCoverage.Event.allCases {
      #expect(coverage[event] * shards * 100 >= count, "one history in a hundred should meet: \(event)")
    }
  }

  private static func number(_ variable: String) -> Int? {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
  }
}
