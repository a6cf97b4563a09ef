import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// Which days an answer is about.
struct TessWindowTests {
  /// One execution in the last second of one day and one in the first of the next, in a zone.
  private func company(_ zone: String) throws -> Company {
    let calendar = try #require(LocalCalendar(zone: zone))
    let company = Company.empty(today: today)
    for offset in 0..<40 {
      let midnight = calendar.start(of: today.advanced(by: -offset))
      company.addExecutions(1, agent: "a", at: midnight)
      company.addExecutions(1, agent: "a", at: midnight.addingTimeInterval(-0.001))
    }
    return company
  }

  @Test(arguments: ["UTC", "America/Sao_Paulo", "Asia/Kolkata", "America/New_York"])
  func daysAreThoseOfTheCalendar(_ zone: String) async throws {
    let company = try company(zone)
    let calendar = try #require(LocalCalendar(zone: zone))
    try await simulating(company, { $0.tess.calendar = calendar }) { simulator, _ async throws in
      // On the first of November 2026 New York has 25 hours.
      for text in ["2026-11-19", "2026-11-01", "2026-10-31"] {
        let rows = try await simulator.tessItems(dates(DaySpan(day(text))))
        // Of today only the beginning is there.
        #expect(rows.count == (text == "2026-11-19" ? 1 : 2), "\(text)")
        let first = try #require(rows.last?["created_at"] as? String)
        #expect(moment(String(first.prefix(19))) == calendar.start(of: day(text)))
      }
      #expect(try await simulator.tessRows(dates(DaySpan("2026-11-01", "2026-11-18"))).count == 36)
    }
  }

  @Test(arguments: [
    ("range=1d", 1), ("range=7d", 13), ("range=30d", 59), ("", 59), ("range=", 59),
    ("range=1d&start_date=2026-11-17&end_date=2026-11-18", 4),
    ("range=never&start_date=2026-11-17&end_date=2026-11-18", 4),
    ("start_date=2026-12-01&end_date=2026-12-31", 0), ("start_date=2026-11-19&end_date=2027-02-16", 1),
    ("start_date=2000-01-01&end_date=2000-03-01", 0), ("start_date=9999-12-31&end_date=9999-12-31", 0),
  ])
  func windows(_ query: String, _ count: Int) async throws {
    try await simulating(try company("UTC"), { $0.tess.paginationMembers = true }) { simulator, _ async throws in
      let answer = try await simulator.tess(query + "&per_page=1")
      #expect(answer.json["total"] as? Int == count)
    }
  }

  /// `1d` is 24 hours back from the end of the day, also where the day has 25.
  @Test func oneDayIsTwentyFourHours() async throws {
    let calendar = try #require(LocalCalendar(zone: "America/New_York"))
    let company = try company("America/New_York")
    let evening = moment("2026-11-01T23:00:00")
    try await simulating(company, at: evening, { $0.tess.calendar = calendar }) { simulator, _ async throws in
      #expect(try await simulator.tessItems("range=1d").isEmpty)
      #expect(try await simulator.tessItems("start_date=2026-11-01&end_date=2026-11-01").count == 1)
      #expect(try await simulator.tessItems("range=7d").count == 13)
    }
  }

  @Test func historyIsCutSilently() async throws {
    let calendar = try #require(LocalCalendar(zone: "America/Sao_Paulo"))
    let configure: (inout Simulator.Configuration) -> Void = {
      $0.tess.historyMinDate = day("2026-11-15")
      $0.tess.calendar = calendar
    }
    try await simulating(try company("America/Sao_Paulo"), configure) { simulator, _ async throws in
      #expect(try await simulator.tessRows("range=30d").count == 9)
      #expect(try await simulator.tessRows(dates(DaySpan("2026-11-10", "2026-11-15"))).count == 2)
      #expect(
        try await simulator.tess(dates(DaySpan("2026-11-01", "2026-11-14"))).text == #"{"items":[],"has_more":false}"#)
      #expect(try await simulator.tessRows(dates(DaySpan("2026-11-18", "2026-11-18"))).count == 2)
    }
  }
}
