import Foundation
import Ledger
import Testing
import Usage

/// Two collectors count the same series; one is published, and goes on from where the other stood.
@Suite("Shared families")
struct SharedFamilyTests {
  private static let family = SeriesFamily(.agent, .messages)
  private static let rounded = CollectorID(Sample.workspace, "agents")
  private static let exact = CollectorID(Sample.workspace, "consumption")

  private let bench: Bench
  private let ledger: Ledger

  init() async throws {
    bench = try Bench()
    ledger = bench.ledger
    for id in [Self.rounded, Self.exact] {
      var progress = try await ledger.register(id, zone: "UTC").progress
      progress.baselined = true
      try await ledger.record(progress, for: id)
    }
  }

  private func take(_ messages: [String: Int64], _ id: CollectorID, hold: Double = 0) async throws {
    let policy = CountingPolicy(zeroHold: hold, maxAgents: 100)
    try await ledger.commit(Sample.answer(messages), to: id, at: Sample.noon, policy: policy)
  }

  private func settle(after seconds: Double = 0) async throws {
    for id in [Self.rounded, Self.exact] {
      try await ledger.settle([id], at: Sample.noon.addingTimeInterval(seconds))
    }
  }

  /// What a scrape shows, by agent.
  private func published(_ ledger: Ledger) async throws -> [String: Int64] {
    let families = try await ledger.sharedFamilies(of: Sample.workspace)
    let owner = try #require(families.owners[Self.family])
    let series = await ledger.book(of: CollectorID(Sample.workspace, owner))?.series ?? [:]
    var published: [String: Int64] = [:]
    for key in Set(series.keys).union(families.carried.keys) {
      published[key.entity.id] = families.published(key, series[key])
    }
    return published
  }

  @Test("the first owner begins with what it has counted, and becoming what one is changes nothing")
  func firstOwner() async throws {
    let none = try await ledger.sharedFamilies(of: Sample.workspace)
    #expect(none == SharedFamilies())
    try await take(["a": 5], Self.rounded)
    for _ in 1...2 {
      let families = try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
      #expect(families == SharedFamilies(owners: [Self.family: "agents"]))
    }
  }

  @Test("what is published goes on, to and fro, with counting in between")
  func continuity() async throws {
    try await take(["a": 100, "only rounded": 7], Self.rounded)
    try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
    try await take(["a": 30, "only exact": 2], Self.exact)
    for second in 0...1 { try await settle(after: Double(second)) }
    #expect(try await published(ledger) == ["a": 100, "only rounded": 7])

    try await ledger.transfer(Self.family, to: "consumption", in: Sample.workspace)
    #expect(try await published(ledger) == ["a": 100, "only rounded": 7, "only exact": 0])
    try await take(["a": 33, "only exact": 4], Self.exact)
    try await take(["a": 150, "only rounded": 7], Self.rounded)
    #expect(try await published(ledger) == ["a": 103, "only rounded": 7, "only exact": 2])

    let back = try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
    #expect(back.carried == [Sample.key("a"): -47, Sample.key("only exact"): 2], "zeros are dropped")
    #expect(try await published(ledger) == ["a": 103, "only rounded": 7, "only exact": 2])
    try await take(["a": 151, "only rounded": 8], Self.rounded)
    #expect(try await published(ledger) == ["a": 104, "only rounded": 8, "only exact": 2])
  }

  @Test("another measure, scope or workspace has no part in a transfer")
  func otherFamilies() async throws {
    var reading = Sample.reading(["a": 5])
    reading.quantities[Sample.key("a", .credits)] = 9
    reading.quantities[SeriesKey(Entity(.model, "m"), .messages)] = 4
    let answer = Answer([.bucket(.day(Sample.today))], reading)
    try await ledger.commit(answer, to: Self.rounded, at: Sample.noon, policy: Sample.policy)
    let credits = SeriesFamily(.agent, .credits)
    for family in [Self.family, credits] {
      try await ledger.transfer(family, to: "agents", in: Sample.workspace)
    }
    try await ledger.transfer(credits, to: "consumption", in: Sample.workspace)
    let families = try await ledger.transfer(Self.family, to: "consumption", in: Sample.workspace)
    #expect(families.owners == [Self.family: "consumption", credits: "consumption"])
    #expect(families.carried == [Sample.key("a"): 5, Sample.key("a", .credits): 9])
    let namesake = try await ledger.sharedFamilies(of: WorkspaceID(.tess, Sample.workspace.name))
    #expect(namesake == SharedFamilies())
  }

  @Test("the old owner may be switched off: its totals are in the store")
  func notLoaded() async throws {
    try await take(["a\0": 10], Self.rounded)
    try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
    let restarted = try Ledger(database: bench.database)
    _ = try await restarted.register(Self.exact, zone: "UTC")
    let families = try await restarted.transfer(Self.family, to: "consumption", in: Sample.workspace)
    #expect(families.carried == [Sample.key("a\0"): 10])
    let again = try await Ledger(database: bench.database).sharedFamilies(of: Sample.workspace)
    #expect(again == families)
  }

  @Test("a counter that was shown is shown on, though the new owner's was still held at 0", arguments: [false, true])
  func hold(restart: Bool) async throws {
    try await take(["a": 5, "b": 0], Self.rounded)
    try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
    for second in 0...1 { try await settle(after: Double(second)) }
    try await take(["a": 9, "b": 1, "c": 2], Self.exact, hold: 120)
    try await ledger.transfer(Self.family, to: "consumption", in: Sample.workspace)
    let next = restart ? try Ledger(database: bench.database) : ledger
    let book = try await next.register(Self.exact, zone: "UTC")
    #expect(book.series[Sample.key("a")]?.hold == .released)
    #expect(book.series[Sample.key("c")]?.hold == .unserved(120), "nobody was shown this one")
    #expect(try await published(next) == ["a": 5, "b": 0, "c": 0])
  }

  @Test("a transfer that is interrupted, at whichever write, has not happened")
  func everyWrite() async throws {
    try await take(["a": 5, "b": 7], Self.rounded)
    try await ledger.transfer(Self.family, to: "agents", in: Sample.workspace)
    for second in 0...1 { try await settle(after: Double(second)) }
    try await take(["a": 1], Self.exact, hold: 120)
    let book = try #require(await ledger.book(of: Self.exact))
    let before = try await ledger.sharedFamilies(of: Sample.workspace)
    var failures = 0
    while failures < 100 {
      bench.killSwitch.arm(.diskFull(beforeWrite: failures))
      do {
        try await ledger.transfer(Self.family, to: "consumption", in: Sample.workspace)
        break
      } catch {
        failures += 1
      }
      bench.killSwitch.disarm()
      let restarted = try Ledger(database: bench.database)
      let stored = try await restarted.sharedFamilies(of: Sample.workspace)
      #expect(stored == before)
      try await restarted.register(Self.exact, zone: "UTC").checkSame(as: book)
      try #require(await ledger.book(of: Self.exact)).checkSame(as: book)
      #expect(await ledger.writeFailures == failures)
    }
    bench.killSwitch.disarm()
    #expect((4..<100).contains(failures), "the loop must have met every write of the transfer")
    #expect(try await published(ledger) == ["a": 5, "b": 7])
  }
}
