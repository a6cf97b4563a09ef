import Backfill
import Exposition
import Foundation
import Testing
import Usage

/// The instants of samples, over changes of clocks.
@Suite struct TimelineTests {
  private static func instants(_ stamps: some Sequence<SampleStamp>) -> [Double] {
    var writer = TimedSampleWriter()
    let family = Family("x", .gauge, help: "")
    var text: [UInt8] = []
    writer.samples(family, .none, .integer(1), at: stamps) { text += $0 }
    writer.drain(all: true) { text += $0 }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap {
      $0.split(separator: " ").last.flatMap { Double($0) }
    }
  }

  @Test(
    "days have as many hours as they have, and end where the next begins",
    arguments: [
      ("Europe/Berlin", "2026-03-29", 23), ("Europe/Berlin", "2026-10-25", 25), ("Europe/Berlin", "2026-07-01", 24),
      ("America/Sao_Paulo", "2018-11-04", 23), ("Australia/Lord_Howe", "2026-04-05", 25),
      ("Asia/Kathmandu", "2026-01-01", 24), ("UTC", "2026-12-31", 24),
    ])
  func hours(zone: String, text: String, hours: Int) throws {
    let calendar = try #require(LocalCalendar(zone: zone))
    let day = try #require(Day(iso: text))
    let span = DaySpan(day.advanced(by: -1), through: day.advanced(by: 1))
    let timeline = BackfillTimeline(span, in: calendar, step: 3600)
    let first = Self.instants(timeline.from(startOf: day))
    let last = Self.instants(timeline.upTo(endOf: day))
    #expect(first.count == hours && last.count == hours)
    #expect(first.first == calendar.start(of: day).timeIntervalSince1970)
    #expect(last.last == calendar.start(of: day.advanced(by: 1)).timeIntervalSince1970)
    #expect(Array(first.dropFirst()) == Array(last.dropLast()))
    let all = Self.instants(span.days.flatMap { timeline.from(startOf: $0) } + timeline.end)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 <= 3600 })
    #expect(all.first == calendar.start(of: span.first).timeIntervalSince1970)
    #expect(Self.instants(timeline.end) == [calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970])
  }

  @Test("a step that does not divide the day begins anew with each", arguments: [61, 25_200, 86_400] as [TimeInterval])
  func oddSteps(step: TimeInterval) throws {
    let day = try #require(Day(iso: "2026-07-01"))
    let timeline = BackfillTimeline(DaySpan(day, through: day.advanced(by: 1)), in: .utc, step: step)
    let second = Self.instants(timeline.from(startOf: day.advanced(by: 1)))
    #expect(second.first == LocalCalendar.utc.start(of: day.advanced(by: 1)).timeIntervalSince1970)
    #expect(second.count == Int((86_400 / step).rounded(.up)))
    // Both ends of a day, whatever the step.
    let first = Self.instants(timeline.upTo(endOf: day))
    #expect(first.last == second.first && first.count == second.count)
  }

  /// Half a million instants, of which never more are held than make a piece.
  @Test("a year of minutes goes through in pieces")
  func minutes() throws {
    let first = try #require(Day(iso: "2025-01-01"))
    let span = DaySpan(first, through: first.advanced(by: 364))
    let timeline = BackfillTimeline(span, in: .utc, step: 60)
    var writer = TimedSampleWriter()
    var sizes: [Int] = []
    for day in span.days {
      writer.samples(Family("x", .gauge, help: ""), .none, .integer(1), at: timeline.from(startOf: day)) {
        sizes.append($0.count)
      }
    }
    #expect(writer.count == 365 * 1440)
    #expect(sizes.count > 20 && sizes.allSatisfy { $0 < TimedSampleWriter.pieceSize + 100 })
    #expect(MemoryLayout<BackfillTimeline.Stamps>.size <= 32)
  }
}
