import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// Random lives of three collectors that count the same series.
@Suite("Shared families in random histories")
struct SharedFamilyHistoryTests {
  private static let family = SeriesFamily(.agent, .messages)
  private static let names = ["agents", "consumption", "users"]
  private static let agents = ["a", "b", "c"]

  /// What is known without the ledger: the values that were answered, and what the owners counted while they were owners.
  private struct Life {
    var random: SeededGenerator
    var bench: Bench
    var now = Sample.noon
    var values: [String: [String: Int64]] = [:]
    var owner: String?
    /// By agent: what the counters that were published have come to, holds aside.
    var stand: [String: Int64] = [:]
    var shown: [String: Int64] = [:]
    var transfers = 0
    var earlyReleases = 0
  }

  @Test("published counters never fall, and grow by what the owner counts and nothing else", arguments: 0..<4)
  func randomHistories(shard: UInt64) async throws {
    var (transfers, earlyReleases) = (0, 0)
    for seed in (shard * 50)..<(shard * 50 + 50) {
      var life = Life(random: SeededGenerator(seed: seed), bench: try Bench())
      do {
        try await register(on: life.bench.ledger)
        for _ in 0..<40 { try await step(&life) }
        try await finish(&life)
      } catch {
        throw Discrepancy("seed \(seed): \(error)")
      }
      transfers += life.transfers
      earlyReleases += life.earlyReleases
    }
    #expect(transfers >= 100)
    #expect(earlyReleases >= 10)
  }

  private func register(on ledger: Ledger) async throws {
    for name in Self.names {
      let id = CollectorID(Sample.workspace, name)
      var progress = try await ledger.register(id, zone: "UTC").progress
      guard !progress.baselined else { continue }
      progress.baselined = true
      try await ledger.record(progress, for: id)
    }
  }

  private func step(_ life: inout Life) async throws {
    switch life.random.number(0...9) {
    case 0...4: try await count(&life)
    case 5...6: life.now += TimeInterval(life.random.pick([1, 60, 200]))
    case 7: try await transfer(to: life.random.pick(Self.names), &life)
    case 8:
      try life.bench.restart()
      // Before its collectors are registered, a ledger knows their totals from the store alone.
      if life.random.chance(50) { try await transfer(to: life.random.pick(Self.names), &life) }
      try await register(on: life.bench.ledger)
    default: break
    }
    try await scrape(&life)
  }

  private func count(_ life: inout Life) async throws {
    let (name, agent) = (life.random.pick(Self.names), life.random.pick(Self.agents))
    let growth = Int64(life.random.number(0...9))
    life.values[name, default: [:]][agent, default: 0] += growth
    if life.owner == name { life.stand[agent, default: 0] += growth }
    let policy = CountingPolicy(zeroHold: life.random.pick([0, 60, 120]), maxAgents: 100)
    try await life.bench.ledger.commit(
      Sample.answer(life.values[name] ?? [:]), to: CollectorID(Sample.workspace, name), at: life.now, policy: policy)
  }

  private func transfer(to name: String, _ life: inout Life) async throws {
    if life.owner == nil { life.stand = life.values[name] ?? [:] }
    life.transfers += life.owner.map { $0 != name } ?? false ? 1 : 0
    life.owner = name
    let id = CollectorID(Sample.workspace, name)
    let before = await life.bench.ledger.book(of: id)
    try await life.bench.ledger.transfer(Self.family, to: name, in: Sample.workspace)
    let after = await life.bench.ledger.book(of: id)
    if before?.series != after?.series {
      life.earlyReleases += 1
      let revisions = (before?.revision ?? 0, after?.revision ?? 0)
      if revisions.0 >= revisions.1 { throw Discrepancy("a book that changed looks old") }
    }
  }

  private func scrape(_ life: inout Life) async throws {
    let ledger = life.bench.ledger
    for name in Self.names { try await ledger.settle([CollectorID(Sample.workspace, name)], at: life.now) }
    guard let owner = life.owner else { return }
    let families = try await ledger.sharedFamilies(of: Sample.workspace)
    try Discrepancy.check(families.owners, [Self.family: owner], "owners")
    let series = await ledger.book(of: CollectorID(Sample.workspace, owner))?.series ?? [:]
    for agent in Self.agents {
      let key = Sample.key(agent)
      let total = (series[key]?.total ?? 0) + (families.carried[key] ?? 0)
      try Discrepancy.check(total, life.stand[agent] ?? 0, "stand of \(agent)")
      if families.carried[key] == 0 { throw Discrepancy("a zero is carried") }
      let shown = families.published(key, series[key])
      if shown < life.shown[agent] ?? 0 { throw Discrepancy("\(agent) fell to \(shown)") }
      if shown > total { throw Discrepancy("\(agent) shows \(shown) of \(total)") }
      life.shown[agent] = shown
    }
  }

  /// Once every hold is over, all that the owners counted is shown.
  private func finish(_ life: inout Life) async throws {
    for _ in 1...2 {
      life.now += 1000
      try await scrape(&life)
    }
    guard life.owner != nil else { return }
    for agent in Self.agents {
      try Discrepancy.check(life.shown[agent] ?? 0, life.stand[agent] ?? 0, "end of \(agent)")
    }
  }
}
