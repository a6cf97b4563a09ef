import Exposition
import Foundation
import Ledger
import Publication
import TestSupport
import Testing
import Usage

@Suite("A collector's book")
struct RenderingTests {
  private static let now = Date(timeIntervalSince1970: 1_763_560_800)  // 2025-11-19T14:00:00Z
  private static let workspace = WorkspaceID(.langdock, "acme")
  private static let id = CollectorID(workspace, "agents")
  private static let today = LocalCalendar.utc.day(at: now)

  private static func facts(_ periods: [CalendarPeriod] = [.day, .previousDay, .month]) -> CollectorFacts {
    CollectorFacts(id: id, calendar: .utc, periods: periods, minInterval: 1800, maxStaleness: 86_400)
  }

  private static func lines(_ book: CollectorBook, at moment: Date = now, sharing: SeriesSharing = .init()) -> [String]
  {
    var renderer = CollectorRenderer(facts(), book: book, at: moment, sharing: sharing)
    return renderer.render().finish().sorted { $0.key < $1.key }
      .flatMap { String(decoding: $0.value.flatMap(\.identity), as: UTF8.self).split(separator: "\n").map(String.init) }
      .filter { !$0.hasPrefix("agentusage_collector_") }
  }

  private static func book(_ body: (Ledger) async throws -> Void) async throws -> CollectorBook {
    let ledger = try Ledger(database: .inMemory())
    var progress = try await ledger.register(id, zone: "UTC").progress
    progress.baselined = true
    progress.lastSuccess = now
    try await ledger.record(progress, for: id)
    try await body(ledger)
    return try #require(await ledger.book(of: id))
  }

  private static func reading() -> Reading {
    var reading = Reading()
    let agent = Entity(.agent, "a1")
    reading.quantities = [
      SeriesKey(agent, .messages): 7, SeriesKey(agent, .tokens, "input"): 100, SeriesKey(agent, .tokens, "output"): 0,
      SeriesKey(.unassigned, .messages): 1,
    ]
    reading.activeUsers = [agent: 3, .other: 9]
    reading.attributes = [agent: [.init("agent_name", "Line\n\"quoted\" \\"), .init("unknown_label", "x")]]
    return reading
  }

  private static let coverage: [Coverage] =
    [
      .bucket(.day(today)), .period(PeriodWindow(.day, start: today)), .period(PeriodWindow(.month, today: today)),
    ] + [ActiveUserWindow(days: 7)].compactMap { $0.map { .activeUsers($0, end: today) } }

  @Test("is rendered to the letter")
  func golden() async throws {
    let policy = CountingPolicy(zeroHold: 0, maxAgents: 10)
    let book = try await Self.book { ledger in
      try await ledger.commit(Answer(Self.coverage, Self.reading()), to: Self.id, at: Self.now, policy: policy)
      try await ledger.settle([Self.id], at: Self.now)
      try await ledger.settle([Self.id], at: Self.now)
    }
    let agent = #"provider="langdock",workspace="acme",agent_id="a1""#
    let none = #"provider="langdock",workspace="acme",agent_id="unassigned""#
    #expect(
      Self.lines(book) == [
        "agentusage_agent_active_users{\(agent),window=\"7d\"} 3",
        #"agentusage_agent_info{\#(agent),agent_name="Line\n\"quoted\" \\"} 1"#,
        "agentusage_agent_info{\(none),agent_name=\"Unassigned\"} 1",
        "agentusage_agent_messages_total{\(agent)} 7",
        "agentusage_agent_messages_total{\(none)} 1",
        "agentusage_agent_period_messages{\(agent),period=\"day\"} 7",
        "agentusage_agent_period_messages{\(none),period=\"day\"} 1",
        "agentusage_agent_period_messages{\(agent),period=\"month\"} 7",
        "agentusage_agent_period_messages{\(none),period=\"month\"} 1",
        "agentusage_agent_period_tokens{\(agent),token_type=\"input\",period=\"day\"} 100",
        "agentusage_agent_period_tokens{\(agent),token_type=\"output\",period=\"day\"} 0",
        "agentusage_agent_period_tokens{\(agent),token_type=\"input\",period=\"month\"} 100",
        "agentusage_agent_period_tokens{\(agent),token_type=\"output\",period=\"month\"} 0",
        "agentusage_agent_tokens_total{\(agent),token_type=\"input\"} 100",
        "agentusage_agent_tokens_total{\(agent),token_type=\"output\"} 0",
      ])
  }

  @Test("shows a day's gauges on that day only, and then as the previous day's")
  func midnight() async throws {
    let policy = CountingPolicy(zeroHold: 0, maxAgents: 10)
    let book = try await Self.book { ledger in
      try await ledger.commit(Answer(Self.coverage, Self.reading()), to: Self.id, at: Self.now, policy: policy)
    }
    let tomorrow = Self.lines(book, at: Self.now.addingTimeInterval(43_200))
    #expect(!tomorrow.contains { $0.contains("period=\"day\"") || $0.contains("active_users") })
    #expect(tomorrow.contains { $0.contains("period=\"previous_day\"") && $0.hasSuffix(" 7") })
    #expect(tomorrow.contains { $0.contains("period=\"month\"") })
  }

  @Test("is withdrawn when it is too old, and leaves out what another collector gives")
  func staleAndTaken() async throws {
    let policy = CountingPolicy(zeroHold: 0, maxAgents: 10)
    let book = try await Self.book { ledger in
      try await ledger.commit(Answer(Self.coverage, Self.reading()), to: Self.id, at: Self.now, policy: policy)
    }
    #expect(Self.lines(book, at: Self.now.addingTimeInterval(86_401)).isEmpty)
    // Another collector that gives the same, but for tokens.
    var sharing = SeriesSharing()
    sharing.take(book, hidden: [SeriesFamily(.agent, .tokens)], alsoIn: book)
    let lines = Self.lines(book, sharing: sharing)
    #expect(!lines.contains { $0.hasPrefix("agentusage_agent_messages_total") })
    #expect(!lines.contains { $0.hasPrefix("agentusage_agent_info") || $0.contains("_active_users") })
    #expect(lines.contains { $0.hasPrefix("agentusage_agent_tokens_total") })
  }

  @Test("hides what another collector is published for, and goes on from where that one stood")
  func hiddenAndCarried() async throws {
    let policy = CountingPolicy(zeroHold: 0, maxAgents: 10)
    let book = try await Self.book { ledger in
      try await ledger.commit(Answer(Self.coverage, Self.reading()), to: Self.id, at: Self.now, policy: policy)
      try await ledger.settle([Self.id], at: Self.now)
      try await ledger.settle([Self.id], at: Self.now)
    }
    var hiding = SeriesSharing()
    hiding.hidden = [SeriesFamily(.agent, .messages)]
    let hidden = Self.lines(book, sharing: hiding)
    #expect(!hidden.contains { $0.contains("agent_messages_total") || $0.contains("agent_period_messages") })
    #expect(hidden.contains { $0.hasPrefix("agentusage_agent_tokens_total") })
    var carrying = SeriesSharing()
    carrying.owned = [SeriesFamily(.agent, .messages)]
    carrying.families = SharedFamilies(
      carried: [
        SeriesKey(Entity(.agent, "a1"), .messages): 100, SeriesKey(Entity(.agent, "only carried"), .messages): 7,
      ])
    let total = book.series[SeriesKey(Entity(.agent, "a1"), .messages)]?.total ?? -1
    let lines = Self.lines(book, sharing: carrying).filter { $0.hasPrefix("agentusage_agent_messages_total") }
    #expect(lines.contains { $0.contains("\"a1\"") && $0.hasSuffix(" \(total + 100)") })
    #expect(lines.contains { $0.contains("\"only carried\"") && $0.hasSuffix(" 7") })
  }
}
