import Foundation
import Providers
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// The periods of `by-agent`: which is asked for, and that the answer is for that one.
@Suite struct AgentPhonePeriodTests {
  private static let agents = Probe.named("agentphone/agents")

  @Test func theYearAlwaysAndTheOthersOnDemand() async throws {
    try await withDesk { desk in
      let outcome = try await desk.collect(
        Self.agents, desk.demand(zone: "Europe/Berlin", periods: [.week, .day, .month, .previousDay]))
      let today = LocalCalendar.utc.day(at: now)
      #expect(
        outcome.answers.map(\.coverage) == [
          [.period(PeriodWindow(.year, today: today)), .bucket(.year(2026))],
          [.period(PeriodWindow(.month, today: today))], [.period(PeriodWindow(.week, today: today))],
        ])
      let queries = desk.simulator.log.requests.map { $0.query.replacingOccurrences(of: "%2F", with: "/") }
      #expect(queries == ["year", "month", "week"].map { "period=\($0)&tz=Europe/Berlin" })
      #expect(desk.simulator.log.requests.allSatisfy { $0.method == "GET" && $0.body.isEmpty })
    }
  }

  /// However the period's beginning is written, in every zone and at either end of a day.
  @Test(arguments: [AgentPhoneOptions.PeriodStamps.offset, .utc, .localWithZ], [true, false])
  func anyStamp(_ stamps: AgentPhoneOptions.PeriodStamps, _ sunday: Bool) async throws {
    for zone in ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"] {
      // The first hours of a year, of a month with a change of clocks, and a Sunday evening.
      for moment in ["2026-01-01T12:30:00Z", "2026-03-31T23:30:00Z", "2026-11-22T20:00:00Z"] {
        let start = try instant(moment)
        let company = Company.empty(today: LocalCalendar.utc.day(at: start))
        company.addTexts(3, agent: "a", at: start)
        let options: @Sendable (inout Simulator.Configuration) -> Void = { configuration in
          configuration.agentPhone.periodStamps = stamps
          configuration.agentPhone.weekStartsOnSunday = sunday
        }
        try await withDesk(company, at: start, options) { desk in
          let outcome = try await desk.collect(Self.agents, desk.demand(zone: zone, periods: [.week, .month]))
          #expect(outcome.failure == nil, "\(zone) \(moment)")
          // A week of other days than the exporter's is none.
          let count = sunday ? 2 : 3
          #expect(outcome.answers.map { $0.reading.amounts(.messages) } == Array(repeating: ["a": 3], count: count))
        }
      }
    }
  }

  /// An answer for another period, as after a midnight that the provider has not seen yet, is refused.
  @Test(arguments: [
    ("2025-01-01T00:00:00Z", UpstreamFailure.Reason?.some(.schema)), ("2027-01-01T00:00:00Z", .schema),
    ("2026-02-01T00:00:00Z", .schema), ("2025-12-31T23:00:00Z", .schema), ("soon", .schema), ("", .schema),
    ("2026-01-01T00:00:00Z", nil), ("2026-01-01T00:00:00+05:45", nil), ("2026-01-01", nil),
  ])
  func anotherYear(_ start: String, _ reason: UpstreamFailure.Reason?) async throws {
    let row = #"{"agentId":"a","agentName":"A","messages":1,"calls":0,"totalSeconds":0}"#
    try await withDesk { desk in
      desk.simulator.faults.inject(
        .status(200, body: #"{"data":[\#(row)],"period":"year","periodStart":"\#(start)"}"#), at: .agentPhone)
      let outcome = try await desk.collect(Self.agents)
      #expect(outcome.failure?.reason == reason)
      #expect(outcome.answers.count == (reason == nil ? 1 : 0))
    }
  }

  /// The exporter's weeks begin on Monday. The provider's may begin on any day, and then it has none for the exporter; one
  /// that began eight days ago is over, and one that begins tomorrow is not this one.
  @Test(arguments: [
    ("2026-11-16", true, true), ("2026-11-15", true, false), ("2026-11-13", true, false), ("2026-11-19", true, false),
    ("2026-11-12", false, false), ("2026-11-20", false, false),
  ])
  func anotherWeek(_ start: String, _ isThisOne: Bool, _ isMonday: Bool) async throws {
    let row = #"{"agentId":"a","agentName":"A","messages":1,"calls":0,"totalSeconds":0}"#
    func body(_ date: String) -> Fault { .status(200, body: #"{"data":[\#(row)],"periodStart":"\#(date)"}"#) }
    let year = body("2026-01-01")
    let week = body(start)
    try await withDesk { desk in
      let collector = try #require(ProviderRegistry.adapter(for: .agentphone)).collectors(.init())[0]
      desk.simulator.faults.inject(year, at: .agentPhone, times: 1)
      var delivered = 0
      var failure: UpstreamFailure?
      do {
        try await collector.collect(desk.demand(periods: [.week]), from: desk.source(.agentphone)) { _ in
          delivered += 1
          // The year has come; the week is next.
          if delivered == 1 { desk.simulator.faults.inject(week, at: .agentPhone) }
        }
      } catch let caught as UpstreamFailure {
        failure = caught
      }
      #expect(delivered == (isMonday ? 2 : 1))
      #expect(failure?.reason == (isThisOne ? nil : .schema))
    }
  }

  /// What the provider hides of its periods is not guessed.
  @Test func noPeriodStart() async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.status(200, body: #"{"data":[]}"#), at: .agentPhone)
      let outcome = try await desk.collect(Self.agents, desk.demand(periods: [.month]))
      #expect(outcome.failure == nil)
      #expect(outcome.answers.count == 2 && outcome.answers.allSatisfy { $0.reading.rows == 0 })
    }
  }
}
