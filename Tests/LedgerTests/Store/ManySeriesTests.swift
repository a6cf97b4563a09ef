import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// Two collectors with more series than a page of cells has, whose rows lie between one another.
@Suite("Many series")
struct ManySeriesTests {
  private static let ids = ["agents", "models"].map { CollectorID(Sample.workspace, $0) }
  private static let policy = CountingPolicy(zeroHold: 120, maxAgents: 10_000)
  private static let week = PeriodWindow(.week, start: Day(ordinal: 20_269))

  /// What the provider says, and what came of it, worked out here.
  private struct Account {
    var values: [Day: [String: Int64]] = [:]
    var counted: [Day: [String: Int64]] = [:]
    var baseline: [String: Int64] = [:]

    mutating func take(_ amounts: [String: Int64], on day: Day, asBaseline: Bool) {
      values[day] = amounts
      for (name, amount) in amounts {
        let before = counted[day]?[name] ?? 0
        counted[day, default: [:]][name] = max(before, amount)
        if asBaseline { baseline[name, default: 0] += max(0, amount - before) }
      }
    }

    var totals: [String: Int64] {
      var totals = baseline.mapValues { -$0 }
      for (name, amount) in counted.values.joined() { totals[name, default: 0] += amount }
      return totals
    }

    func sums(_ days: [Day]) -> [String: Int64] {
      var sums: [String: Int64] = [:]
      for name in Set(counted.filter { days.contains($0.key) }.values.joined().map(\.key)) {
        sums[name] = days.reduce(0) { $0 + (values[$1]?[name] ?? 0) }
      }
      return sums
    }
  }

  @Test(
    "are counted one by one, whichever of them an answer names, across restarts",
    arguments: 1...3 as ClosedRange<UInt64>)
  func manySeries(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var accounts = Self.ids.map { _ in Account() }
    for round in 0..<12 {
      let day = Self.week.start.advanced(by: round / 4)
      try await withLedger(in: folder) { ledger in
        for (number, id) in Self.ids.enumerated() {
          let amounts = Self.amounts(round, &random)
          try await Self.commit(amounts, to: id, on: day, in: ledger)
          accounts[number].take(amounts, on: day, asBaseline: round == 0)
          try await check(accounts[number], id, ledger, through: day)
        }
      }
    }
  }

  /// More agents from round to round, of which some are left out.
  private static func amounts(_ round: Int, _ random: inout SeededGenerator) -> [String: Int64] {
    var amounts: [String: Int64] = [:]
    let share = [3, 50, 100].randomElement(using: &random) ?? 100
    for agent in 0..<(300 + round * 70) where Int.random(in: 0..<100, using: &random) < share {
      amounts["agent \(agent)"] = Int64.random(in: 0...1_000_000, using: &random)
    }
    return amounts
  }

  private static func commit(_ amounts: [String: Int64], to id: CollectorID, on day: Day, in ledger: Ledger)
    async throws
  {
    var progress = try await ledger.register(id, zone: "UTC").progress
    let answer = Answer([.bucket(.day(day)), .summed(week)], Sample.reading(amounts))
    try await ledger.commit(answer, to: id, at: Sample.noon, policy: policy)
    progress.baselined = true
    progress.lastSuccess = Sample.noon
    try await ledger.record(progress, for: id)
  }

  private func check(_ account: Account, _ id: CollectorID, _ ledger: Ledger, through day: Day) async throws {
    let book = try #require(await ledger.book(of: id))
    let totals = Dictionary(uniqueKeysWithValues: book.series.map { ($0.key.entity.id, $0.value.total) })
    #expect(totals == account.totals)
    let days = DaySpan(Self.week.start, through: day).days
    let sums = (book.periods[Self.week] ?? [:]).map { ($0.key.entity.id, $0.value) }
    #expect(Dictionary(uniqueKeysWithValues: sums) == account.sums(Array(days)))
    let names = ["agent 0", "agent 255", "agent 256", "agent 299"].filter { totals[$0] != nil }
    let told = try await ledger.days(of: names.map { Sample.key($0) }, in: id, over: DaySpan(day))
    for name in names {
      let expected = account.counted[day]?[name].map { _ in account.values[day]?[name] ?? 0 }
      #expect(told[Sample.key(name)]?[day] == expected, "\(name)")
    }
  }
}
