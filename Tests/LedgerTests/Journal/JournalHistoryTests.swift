import Foundation
import Ledger
import TestSupport
import Testing
import Usage

@Suite("The journal against the specification")
struct JournalHistoryTests {
  private static let ids = (0..<16).map { "event \($0)" }
  private static let agents = [Entity(.agent, "a"), Entity(.agent, "b"), Entity(.agent, "c\0"), .unassigned]

  /// What a history went through, so that a test that never meets an interruption is found out.
  private struct Variety {
    var interruptions = 0
    var restarts = 0
    var zoneChanges = 0
    var pruned = 0
    var moved = 0
  }

  @Test("in random histories it is exact, across restarts, interruptions and changes of zone", arguments: 0..<4)
  func randomHistories(shard: UInt64) async throws {
    var variety = Variety()
    for seed in (shard * 100)..<(shard * 100 + 100) {
      do {
        try await play(seed: seed, &variety)
      } catch {
        throw Discrepancy("seed \(seed): \(error)")
      }
    }
    for count in [variety.interruptions, variety.restarts, variety.zoneChanges, variety.pruned, variety.moved] {
      #expect(count >= 20, "\(variety)")
    }
  }

  private func play(seed: UInt64, _ variety: inout Variety) async throws {
    var random = SeededGenerator(seed: seed)
    var bench = try Bench()
    var (model, today, zone) = (JournalModel(), Sample.today, "UTC")
    _ = try await bench.ledger.register(Sample.collector, zone: zone)
    for _ in 0..<25 {
      switch random.number(0...19) {
      case 0...2: today = today.advanced(by: random.pick([1, 1, 1, 5, 31, 45, 101]))
      case 3...4:
        try bench.restart()
        variety.restarts += 1
        _ = try await bench.ledger.register(Sample.collector, zone: zone)
      case 5 where random.chance(40):
        zone = zone == "UTC" ? "Europe/Berlin" : "UTC"
        _ = try await bench.ledger.register(Sample.collector, zone: zone)
        model = JournalModel()
        variety.zoneChanges += 1
      default: try await record(&model, today, &random, on: bench, &variety)
      }
      try await bench.ledger.journal(of: Sample.collector).check(model, today: today, ids: Self.ids + ["unknown"])
    }
  }

  private func record(
    _ model: inout JournalModel, _ today: Day, _ random: inout SeededGenerator, on bench: Bench,
    _ variety: inout Variety
  ) async throws {
    let events = (0..<random.number(0...5)).map { _ in Self.event(today, &random) }
    let completeSince = random.chance(20) ? today.advanced(by: -random.number(0...130)) : nil
    if random.chance(20) { bench.killSwitch.arm(.diskFull(beforeWrite: random.number(0...12))) }
    do {
      try await bench.ledger.journal(of: Sample.collector).record(events, completeSince: completeSince)
    } catch {
      guard bench.killSwitch.disarm() else { throw error }
      variety.interruptions += 1
      return
    }
    bench.killSwitch.disarm()
    let before = model
    model.record(events, completeSince: completeSince)
    let new = Set(events.map(\.id)).subtracting(before.events.map(\.id))
    variety.pruned += model.events.count < before.events.count + new.count ? 1 : 0
    variety.moved += before.events.count { old in events.last { $0.id == old.id }.map { $0.day != old.day } ?? false }
  }

  private static func event(_ today: Day, _ random: inout SeededGenerator) -> UsageEvent {
    var amounts: [UsageEvent.Amount] = []
    if random.chance(80) {
      let agent = random.pick(agents)
      amounts.append(.init(SeriesKey(agent, .executions), Int64(random.number(0...3))))
      amounts.append(.init(SeriesKey(agent, .tokens, TokenType.input.rawValue), Int64(random.number(0...400))))
    }
    let model = SeriesKey(Entity(.model, "m", qualifier: random.pick(["", "q"])), .credits)
    amounts.append(.init(model, Int64(random.number(0...5_000_000))))
    if random.chance(20) { amounts.append(.init(model, Int64(random.number(-9...9)))) }
    if random.chance(50) { amounts.reverse() }
    return UsageEvent(
      id: random.pick(ids), day: today.advanced(by: -random.pick([0, 0, 0, 1, 1, 6, 29, 30, 31, 44, 99, 100, 101])),
      user: random.chance(80) ? random.pick(["u1", "u2", "u3", "ü\0", ""]) : nil, isProvisional: random.chance(20),
      amounts: amounts)
  }
}
