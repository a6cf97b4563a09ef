import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Days of another zone, also those with 23 and 25 hours: local wall-clock time, the zone beside it, and no offset.
@Suite struct LangdockTimeTests {
  private static let agents = Probe.named("langdock/agents")

  /// One message in each hour of UTC from `first` on, and the noon after it as the time of asking.
  private func hourly(from first: String, hours: Int, at asked: String) throws -> (Company, Date) {
    let start = try instant(first)
    let company = Company.empty(today: LocalCalendar.utc.day(at: start))
    for hour in 0..<hours {
      company.addMessages(1, agent: "a", at: start.addingTimeInterval(Double(hour) * 3600 + 1800))
    }
    return (company, try instant(asked))
  }

  @Test(arguments: [
    // An ordinary day, the day that loses an hour and the day that has one twice.
    ("2026-03-26T12:00:00Z", "2026-03-28T20:00:00Z", "2026-03-27", Int64(24)),
    ("2026-03-26T12:00:00Z", "2026-03-30T12:00:00Z", "2026-03-29", 23),
    ("2026-10-23T12:00:00Z", "2026-10-26T12:00:00Z", "2026-10-25", 25),
  ])
  func aDayHasItsHours(_ first: String, _ asked: String, _ day: String, _ hours: Int64) async throws {
    let (company, start) = try hourly(from: first, hours: 24 * 6, at: asked)
    try await withDesk(company, at: start) { desk in
      let outcome = try await desk.collect(Self.agents, desk.demand(zone: "Europe/Berlin", days: 2))
      #expect(outcome.failure == nil)
      let wanted = try #require(Day(iso: day))
      let answer = try #require(outcome.answers.first { $0.coverage.contains(.bucket(.day(wanted))) })
      #expect(answer.reading.amounts(.messages) == ["a": hours])
      #expect(answer.reading.rejected.isEmpty)
      let body = try #require(desk.simulator.log.requests(to: .langdock).map(\.body).first { $0.contains(day) })
      #expect(
        body == #"{"from":{"date":"\#(day)T00:00:00.000Z","timezone":"Europe/Berlin"},"#
          + #""to":{"date":"\#(day)T23:59:59.999Z","timezone":"Europe/Berlin"}}"#)
    }
  }

  /// The month that has the 25-hour day, and its days, agree: no hour is lost or counted twice.
  @Test func theDaysAddUpToTheMonth() async throws {
    let (company, start) = try hourly(
      from: "2026-10-20T00:00:00Z", hours: 24 * 9, at: "2026-10-28T12:00:00Z")
    try await withDesk(company, at: start) { desk in
      let outcome = try await desk.collect(
        Self.agents, desk.demand(zone: "Europe/Berlin", days: 9, periods: [.month]))
      var days: Int64 = 0
      var month: Int64 = 0
      for answer in outcome.answers {
        let amount = answer.reading.amounts(.messages)["a"] ?? 0
        let isDay = answer.coverage.contains { if case .bucket(.day) = $0 { true } else { false } }
        if isDay { days += amount } else { month = amount }
      }
      #expect(days == month)
      #expect(month > 200)
    }
  }

  /// Where clocks are changed at midnight, there are two of it, or two of the second before it, or none: days end where the
  /// next ones begin all the same.
  @Test(arguments: [
    ("Africa/Cairo", "2026-10-29", 25), ("Asia/Beirut", "2026-10-24", 25), ("America/Santiago", "2026-04-04", 25),
    ("America/Havana", "2026-11-01", 25), ("Atlantic/Azores", "2026-10-25", 25), ("Asia/Beirut", "2026-03-29", 23),
    ("Africa/Cairo", "2026-04-24", 23), ("America/Santiago", "2026-09-06", 23),
  ])
  func clocksThatChangeAtMidnight(_ zone: String, _ day: String, _ hours: Int) async throws {
    let wanted = try #require(Day(iso: day))
    let (company, start) = try hourly(
      from: "\(wanted.advanced(by: -3))T00:00:00Z", hours: 24 * 7, at: "\(wanted.advanced(by: 2))T20:00:00Z")
    try await withDesk(company, at: start) { desk in
      let outcome = try await desk.collect(Self.agents, desk.demand(zone: zone, days: 5))
      let amounts = outcome.answers.map { $0.reading.amounts(.messages)["a"] ?? 0 }
      #expect(amounts.reversed().dropLast() == [24, 24, Int64(hours), 24])
      #expect(outcome.answers.allSatisfy { $0.reading.rejected.isEmpty })
    }
  }

  /// Which day it is depends on the zone: at 23:30 in London it is tomorrow in Auckland.
  @Test(arguments: [
    ("UTC", "2026-11-19"), ("Pacific/Auckland", "2026-11-20"), ("America/Los_Angeles", "2026-11-19"),
    ("Asia/Kathmandu", "2026-11-20"), ("Pacific/Kiritimati", "2026-11-20"),
  ])
  func todayIsTheZonesOwn(_ zone: String, _ today: String) async throws {
    let moment = try instant("2026-11-19T23:30:00Z")
    let company = Company.empty(today: LocalCalendar.utc.day(at: moment))
    company.addMessages(4, agent: "a", at: moment.addingTimeInterval(-60))
    for dates in [LangdockOptions.PeriodDates.utc, .requested] {
      try await withDesk(company, at: moment) {
        $0.langdock.periodDates = dates
      } _: { desk in
        let outcome = try await desk.collect(Self.agents, desk.demand(zone: zone))
        let day = try #require(Day(iso: today))
        #expect(outcome.answers.first?.coverage.contains(.bucket(.day(day))) == true)
        #expect(outcome.reading.amounts(.messages) == ["a": 4])
        #expect(outcome.reading.rejected.isEmpty)
      }
    }
  }

  /// A window that must be halved keeps its local time, on the day with 25 hours too.
  @Test func halvesOfALongDay() async throws {
    let (company, start) = try hourly(from: "2026-10-23T12:00:00Z", hours: 72, at: "2026-10-26T12:00:00Z")
    try await withDesk(company, at: start) {
      $0.langdock.rowLimit = 4
    } _: { desk in
      let outcome = try await desk.collect(Self.agents, desk.demand(zone: "Europe/Berlin", days: 2))
      let long = try #require(Day(iso: "2026-10-25"))
      let answer = try #require(outcome.answers.first { $0.coverage.contains(.bucket(.day(long))) })
      // Halves below a day are asked for in UTC: local time has one name for two of its hours.
      #expect(answer.reading.amounts(.messages) == ["a": 25])
    }
  }
}
