import Backfill
import Foundation
import Ledger
import Testing
import Usage

/// What is read, of which days.
@Suite struct PlanTests {
  private static let acme = WorkspaceID(.langdock, "acme")
  private static let phone = WorkspaceID(.agentphone, "acme")
  /// In Auckland it is the 20th already.
  private static let now = Date(timeIntervalSince1970: 1_795_089_600)

  /// In the evening of 10 November.
  private static let tenth = Date(timeIntervalSince1970: 20_767 * 86_400 + 80_000)

  private static func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

  private static func plan(
    from: String, to: String? = nil, zone: String = "UTC", live: [WorkspaceID: LiveStart] = [:],
    collectors: [BackfillCandidate.Collector] = [.init("agents", pastDays: 365)]
  ) throws -> BackfillPlan {
    let candidate = BackfillCandidate(
      id: acme, calendar: try #require(LocalCalendar(zone: zone)), collectors: collectors)
    return try BackfillPlan(
      BackfillRequest(from: try day(from), to: try to.map(day), liveSince: live), of: [candidate], at: now)
  }

  @Test(
    "the last day is yesterday in the workspace's zone",
    arguments: [
      ("UTC", "2026-11-18"), ("Pacific/Auckland", "2026-11-19"), ("America/Los_Angeles", "2026-11-18"),
    ])
  func yesterday(zone: String, last: String) throws {
    let plan = try Self.plan(from: "2026-11-01", zone: zone)
    let span = DaySpan(try Self.day("2026-11-01"), through: try Self.day(last))
    #expect(plan.units == [BackfillUnit(CollectorID(Self.acme, "agents"), span)])
    #expect(plan.notes == [])
  }

  @Test(
    "days that cannot be had are refused with the reason",
    arguments: [
      ("2026-11-01", "2026-11-19", nil, "2026-11-18"), ("2026-11-01", "2030-01-01", nil, "today is not over"),
      ("2026-11-19", nil, nil, "--from"), ("2026-11-12", "2026-11-11", nil, "--from"),
      ("2026-11-01", "2026-11-10", LiveStart.since(tenth), "2026-11-09"),
      ("2026-11-01", "2026-11-12", LiveStart.since(tenth), "--live-since"),
      ("2026-11-01", nil, LiveStart.unknown, "--live-since"), ("2026-11-10", nil, .since(tenth), "--from"),
    ] as [(String, String?, LiveStart?, String)])
  func refusals(from: String, to: String?, live: LiveStart?, hint: String) throws {
    let refusal = #expect(throws: BackfillRefusal.self) {
      try Self.plan(from: from, to: to, live: live.map { [Self.acme: $0] } ?? [:])
    }
    #expect(refusal?.description.contains(hint) == true, "\(refusal?.description ?? "")")
  }

  @Test("live counters are never overlapped, and up to them all is read")
  func seam() throws {
    let start = try Self.day("2026-11-10")
    let plan = try Self.plan(from: "2026-11-01", live: [Self.acme: .since(Self.tenth)])
    #expect(plan.notes.count == 1 && plan.notes.contains { $0.contains("ends on 2026-11-09") })
    // In Auckland the evening of the 10th is the 11th.
    let auckland = try Self.plan(
      from: "2026-11-01", zone: "Pacific/Auckland", live: [Self.acme: .since(Self.tenth)])
    #expect(auckland.units.map(\.span.last) == [start])
    #expect(plan.units.map(\.span.last) == [start.advanced(by: -1)])
    // A ledger of this very day leaves yesterday, and one of another workspace says nothing.
    #expect(
      try Self.plan(from: "2026-11-01", live: [Self.acme: .since(Self.now)]).units.map(\.span.last.description)
        == ["2026-11-18"])
    #expect(try Self.plan(from: "2026-11-01", live: [Self.phone: .unknown]).units.count == 1)
  }

  @Test("what the provider cannot tell is left out with a word")
  func omissions() throws {
    let plan = try Self.plan(
      from: "2026-11-01", to: "2026-11-17",
      collectors: [.init("agents", pastDays: nil), .init("daily", pastDays: 10), .init("short", pastDays: 2)])
    #expect(plan.units.map(\.id.name) == ["daily"])
    #expect(plan.units.map(\.span.description) == ["2026-11-10..2026-11-17"])
    #expect(plan.notes.count == 3)
    #expect(plan.notes.contains { $0.contains("agents") && $0.contains("no past days") })
    #expect(plan.notes.contains { $0.contains("daily begins on 2026-11-10") })
    let refusal = #expect(throws: BackfillRefusal.self) {
      try Self.plan(from: "2026-11-01", live: [Self.acme: .unknown], collectors: [.init("agents", pastDays: nil)])
    }
    #expect(refusal?.description.contains("nothing is left") == true)
  }
}
