import Exposition
import Foundation
import Ledger
import Publication
import TestSupport
import Testing
import Usage

@Suite("Lines kept between renderings")
struct KeptLinesTests {
  private static let now = Date(timeIntervalSince1970: 1_763_560_800)  // 2025-11-19T14:00:00Z
  private static let id = CollectorID(WorkspaceID(.langdock, "acme"), "agents")
  private static let facts = CollectorFacts(
    id: id, calendar: .utc, periods: [.day, .month], minInterval: 1800, maxStaleness: 86_400)

  private static func text(_ unit: Publisher.Unit) -> [String: String] {
    unit.mapValues { String(decoding: $0.flatMap(\.identity), as: UTF8.self) }
  }

  /// A day's answer in which some agents are new, some renamed, and some as they were.
  private static func answer(using random: inout SeededGenerator) -> Answer {
    var reading = Reading()
    for agent in 0..<Int.random(in: 1...60, using: &random) {
      let entity = Entity(.agent, "agent-\(agent)")
      for measure in [Measure.messages, .conversations] where Bool.random(using: &random) {
        reading.quantities[SeriesKey(entity, measure)] = Int64.random(in: 0...500, using: &random)
      }
      let name = Bool.random(using: &random) ? "Agent \(agent)" : "Renamed \(agent)"
      reading.attributes[entity] = [Reading.Attribute("agent_name", name)]
      reading.activeUsers[entity] = Int64.random(in: 0...9, using: &random)
    }
    let today = LocalCalendar.utc.day(at: now)
    var coverage: [Coverage] = [
      .bucket(.day(today)), .period(PeriodWindow(.day, today: today)), .period(PeriodWindow(.month, today: today)),
    ]
    if let window = ActiveUserWindow(days: 1) { coverage.append(.activeUsers(window, end: today)) }
    return Answer(coverage, reading)
  }

  @Test("say what a rendering without them says, whatever changed since the last")
  func equality() async throws {
    let ledger = try Ledger(database: .inMemory())
    var progress = try await ledger.register(Self.id, zone: "UTC").progress
    progress.baselined = true
    progress.lastSuccess = Self.now
    try await ledger.record(progress, for: Self.id)
    var random = SeededGenerator(seed: 5)
    var lines = UsageLines()
    for round in 0..<40 {
      let policy = CountingPolicy(zeroHold: 0, maxAgents: 1000)
      var book = try await ledger.commit(Self.answer(using: &random), to: Self.id, at: Self.now, policy: policy)
      // Now and then data are stale, and come back.
      if round % 7 == 6 { book.progress.lastSuccess = Self.now.addingTimeInterval(-100_000) }
      var fresh = CollectorRenderer(Self.facts, book: book, at: Self.now)
      var kept = CollectorRenderer(Self.facts, book: book, at: Self.now, lines: lines)
      #expect(Self.text(kept.render().finish()) == Self.text(fresh.render().finish()))
      #expect(kept.seriesCount == fresh.seriesCount)
      lines = kept.lines
    }
  }
}
