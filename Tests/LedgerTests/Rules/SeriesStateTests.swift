import Foundation
import Ledger
import Testing
import Usage

@Suite("Zero hold")
struct SeriesStateTests {
  private static func date(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_750_000_000 + seconds) }

  struct Row: Sendable, CustomTestStringConvertible {
    let rule: String
    let hold: SeriesState.Hold
    /// Seconds at which scrapes come, and what each shows of a counter of 7.
    let scrapes: [(at: Double, shows: Int64)]

    var testDescription: String { rule }
  }

  static let rows: [Row] = [
    Row(rule: "held from the first scrape", hold: .unserved(120), scrapes: [(0, 0), (119, 0), (120, 7), (121, 7)]),
    Row(rule: "held from when it is shown", hold: .unserved(60), scrapes: [(5000, 0), (5059, 0), (5060, 7)]),
    Row(rule: "one scrape is enough for a baseline", hold: .unserved(0), scrapes: [(0, 0), (0, 7)]),
    Row(rule: "two readers share the hold", hold: .unserved(30), scrapes: [(0, 0), (1, 0), (30, 7), (31, 7)]),
    Row(rule: "a clock set back does not hold again", hold: .unserved(30), scrapes: [(0, 0), (40, 7), (-500, 7)]),
    Row(rule: "a clock set back does not release", hold: .unserved(30), scrapes: [(0, 0), (-500, 0), (30, 7)]),
    Row(
      rule: "a clock that ran ahead holds no longer than any other", hold: .unserved(120),
      scrapes: [(7200, 0), (7210, 0), (60, 0), (179, 0), (180, 7)]),
    Row(rule: "a clock a year ahead", hold: .unserved(0), scrapes: [(31_536_000, 0), (0, 0), (0, 7)]),
    Row(
      rule: "a hold of an earlier version lasts as long as it says", hold: .until(date(500), for: .infinity),
      scrapes: [(0, 0), (499, 0), (500, 7)]),
    Row(rule: "released stays released", hold: .released, scrapes: [(0, 7), (1, 7)]),
  ]

  @Test("each rule", arguments: rows)
  func rule(_ row: Row) {
    var state = SeriesState(row: 1, total: 7, hold: row.hold)
    for scrape in row.scrapes {
      state = state.settled(at: Self.date(scrape.at))
      #expect(state.published == scrape.shows, "at \(scrape.at)")
      #expect(state.total == 7)
    }
  }
}
