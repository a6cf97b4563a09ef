import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Dust's answers say what the event log says, counted another way.
struct DustTruthTests {
  private static let windows: [(DaySpan, String)] = [
    (DaySpan(today), "UTC"), (DaySpan("2026-11-18", "2026-11-18"), "Europe/Berlin"),
    (DaySpan("2026-11-14", "2026-11-18"), "UTC"), (DaySpan("2026-10-24", "2026-10-26"), "Europe/Berlin"),
    (DaySpan("2026-07-20", "2026-07-24"), "Pacific/Auckland"),
  ]

  @Test(arguments: windows)
  func totalsAreTrue(_ span: DaySpan, _ zone: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let company = sharedCompany
    try await simulating(company) { simulator, _ in
      // Twice, for the second answer comes from remembered days.
      for _ in 0..<2 {
        let agents = Truth.dustAgents(try await simulator.dustRows("agents", span, zone: zone))
        #expect(agents == company.dustAgentTruth(span, in: calendar, at: noon))
        #expect(agents.quantities.keys.contains { $0.measure == .credits } && !agents.activeUsers.isEmpty)
      }
      let users = Truth.dustUsers(try await simulator.dustRows("users", span, zone: zone))
      #expect(users == company.dustUserTruth(span, in: calendar, at: noon))
      #expect(users.quantities.count > 20)
    }
  }

  @Test(arguments: windows)
  func daysAreTrue(_ span: DaySpan, _ zone: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let company = sharedCompany
    try await simulating(company) { simulator, _ in
      let metrics = try await simulator.dustRows("usage_metrics", span, zone: zone)
      let rolling = try await simulator.dustRows("active_users", span, zone: zone)
      for day in span.days {
        let row = metrics.first { $0["date"] as? String == day.description }
        #expect(Truth.dustWorkspace(row) == company.dustWorkspaceTruth(day, in: calendar, at: noon))
        let users = rolling.first { $0["date"] as? String == day.description }
        let truth = company.dustActiveUserTruth(endingOn: day, in: calendar, at: noon)
        let reported = ["dau", "wau", "mau"].map { name in users?[name] as? Int ?? 0 }
        #expect(reported == (truth.dau > 0 ? [truth.dau, truth.wau, truth.mau] : [0, 0, 0]).map { Int($0) })
      }
      #expect(!metrics.isEmpty && !rolling.isEmpty)
    }
  }

  @Test(arguments: windows)
  func usesAreTrue(_ span: DaySpan, _ zone: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let company = sharedCompany
    try await simulating(company) { simulator, _ in
      func uses(_ table: String, _ scope: Scope, _ name: String, _ count: String = "executions") async throws -> Truth {
        let truth = Truth.dustUses(try await simulator.dustRows(table, span, zone: zone), scope, name, count)
        #expect(truth.quantities.count > 3)
        return truth
      }
      let sources = try await uses("source", .source, "source", "messageCount")
      #expect(sources == company.dustSourceTruth(span, in: calendar, at: noon))
      let skills = try await uses("skill_usage", .skill, "skillName")
      #expect(skills == company.dustSkillTruth(span, in: calendar, at: noon))
      let tools = try await uses("tool_usage", .tool, "toolName")
      #expect(tools == company.dustToolTruth(span, in: calendar, at: noon))
    }
  }

  /// Of the first hours of a day, for these tables hold a row for each event.
  @Test(arguments: [
    (DaySpan(today), "UTC", "2026-11-19T02:30:00"), (DaySpan(today), "Europe/Berlin", "2026-11-19T01:00:00"),
    (DaySpan("2026-07-21", "2026-07-22"), "America/New_York", "2026-07-22T05:00:00"),
  ])
  func logsAreTrue(_ span: DaySpan, _ zone: String, _ time: String) async throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let (company, now) = (sharedCompany, moment(time))
    for billedOnly in [false, true] {
      try await simulating(company, at: now, { $0.dust.messagesFromConsumptionIndex = billedOnly }) { simulator, _ in
        let messages = Truth.dustMessages(try await simulator.dustRows("messages", span, zone: zone))
        let truth = company.dustMessageTruth(span, in: calendar, at: now, fromConsumptionIndex: billedOnly)
        #expect(messages == truth && !messages.quantities.isEmpty)
      }
    }
    try await simulating(company, at: now, { $0.dust.workspaceUsageAlive = true }) { simulator, _ in
      let feedback = Truth.dustFeedback(try await simulator.dustRows("feedback", span, zone: zone))
      #expect(feedback == company.dustFeedbackTruth(span, in: calendar, at: now))
      #expect(span.first < today || !feedback.quantities.isEmpty)
      let lines = Truth.dustConsumption(try await simulator.consumption(span, in: calendar).lines)
      #expect(lines == company.dustConsumptionTruth(span, in: calendar, at: now))
      #expect(Set(lines.quantities.keys.map(\.entity.scope)) == [.agent, .model, .tool])
      let query = "mode=range&start=\(span.first)&end=\(span.last)&table=assistant_messages&format=json"
      let usage = Truth.dustAssistantMessages(try await simulator.workspaceUsage(query).rows)
      #expect(usage == company.dustWorkspaceUsageTruth(span, at: now) && !usage.activeUsers.isEmpty)
    }
  }

  /// Late arrivals raise a closed day, retractions lower it, both at the very millisecond.
  @Test func totalsFollowTheClock() async throws {
    let company = Company.empty(today: today)
    let yesterday = moment("2026-11-18T10:00:00")
    company.addDustMessages(5, agent: "a", at: yesterday)
    company.addDustMessages(3, agent: "a", at: yesterday, .init { $0.visibleAfter = 20 * 3600 })
    let taken = company.retract(
      2, agent: "a", provider: .dust, on: day("2026-11-18"), at: moment("2026-11-20T00:00:00"))
    #expect(taken == 2)
    try await simulating(company, at: yesterday) { simulator, clock in
      let expected: [(String, Int)] = [
        ("2026-11-18T09:59:59", 0), ("2026-11-18T10:00:00", 5), ("2026-11-19T05:59:59", 5),
        ("2026-11-19T06:00:00", 8), ("2026-11-19T23:59:59", 8), ("2026-11-20T00:00:00", 6), ("2026-12-20T00:00:00", 6),
        ("2026-11-18T10:00:00", 5),
      ]
      for (time, count) in expected {
        clock.set(moment(time))
        let rows = try await simulator.dustRows("agents", DaySpan(day("2026-11-18")))
        #expect(rows.first?["messages"] as? Int ?? 0 == count, "\(time)")
        let truth = company.dustAgentTruth(DaySpan(day("2026-11-18")), at: moment(time))
        #expect(truth.quantities[SeriesKey(Entity(.agent, "a"), .messages)] ?? 0 == count)
      }
      company.addDustMessages(10, agent: "a", at: yesterday)
      clock.set(moment("2026-12-20T00:00:00"))
      #expect(try await simulator.dustRows("agents", DaySpan(day("2026-11-18"))).first?["messages"] as? Int == 16)
    }
  }

  /// What the demo needs: every few seconds something more, at any hour.
  @Test(arguments: ["2026-11-19T03:17:00", "2026-11-22T23:59:50"])
  func countersGrowWithinSeconds(_ time: String) async throws {
    try await simulating(sharedCompany, at: moment(time)) { simulator, clock in
      let span = DaySpan(LocalCalendar.utc.day(at: moment(time)), through: day("2026-12-31"))
      func messages() async throws -> Int {
        try await simulator.dustRows("agents", span).reduce(0) { $0 + ($1["messages"] as? Int ?? 0) }
      }
      var last = try await messages()
      for _ in 0..<5 {
        clock.advance(by: 4)
        let next = try await messages()
        #expect(next > last)
        last = next
      }
    }
  }
}
