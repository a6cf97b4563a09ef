import Exposition
import Foundation
import GRDB
import Publication
import Usage

/// Writes the families of an outline, one series after the other, each out of the spill.
struct DocumentWriter {
  /// Timelines are dear to make, and few.
  private struct Course: Hashable {
    let calendar: LocalCalendar
    let span: DaySpan
  }

  private let format: Backfill.Format
  private var timelines: [Course: BackfillTimeline] = [:]
  private var writer = TimedSampleWriter()

  /// Samples written.
  var count: Int { writer.count }

  init(_ format: Backfill.Format) {
    self.format = format
  }

  /// - Parameter wrote: told of each series.
  /// - Throws: `CancellationError`, or what `sink` and SQLite throw.
  mutating func write(
    _ families: [OutlinedFamily], from db: Database, wrote: () -> Void, into sink: ([UInt8]) throws -> Void
  ) throws {
    for family in families {
      writer.begin(family.metric.family)
      for series in family.series.sorted(by: <) {
        try Task.checkCancellation()
        try write(series, of: family, from: db, into: sink)
        wrote()
      }
    }
    writer.end()
    try writer.drain(all: true, into: sink)
  }

  private mutating func write(
    _ series: OutlinedSeries, of family: OutlinedFamily, from db: Database, into sink: ([UInt8]) throws -> Void
  ) throws {
    let timeline = timeline(of: series)
    let labels = format.labels.reduce(series.labels) { $0.adding($1) }
    let metric = family.metric.family
    switch family.content {
    case .info:
      for day in series.span.days {
        try writer.samples(metric, labels, .integer(1), at: timeline.from(startOf: day), into: sink)
      }
      try writer.samples(metric, labels, .integer(1), at: timeline.end, into: sink)
    case .activeUsers:
      for (day, users) in try days(of: series, from: db).sorted(by: { $0.key < $1.key }) {
        try writer.samples(metric, labels, .integer(users), at: timeline.upTo(endOf: day), into: sink)
      }
    case .counter(let measure):
      let amounts = try days(of: series, from: db)
      var total: Int64 = 0
      for day in series.span.days {
        try writer.samples(metric, labels, SampleValue(total, measure), at: timeline.from(startOf: day), into: sink)
        total = try sum(total, amounts[day] ?? 0, series)
      }
      try writer.samples(metric, labels, SampleValue(total, measure), at: timeline.end, into: sink)
    }
  }

  private mutating func timeline(of series: OutlinedSeries) -> BackfillTimeline {
    let course = Course(calendar: series.calendar, span: series.span)
    if let known = timelines[course] { return known }
    let timeline = BackfillTimeline(series.span, in: series.calendar, step: format.step)
    timelines[course] = timeline
    return timeline
  }

  private func days(of series: OutlinedSeries, from db: Database) throws -> [Day: Int64] {
    var days: [Day: Int64] = [:]
    let statement = try db.cachedStatement(sql: "SELECT day, value FROM cell WHERE series_id = ?")
    for id in series.rows {
      let rows = try Row.fetchCursor(statement, arguments: [id])
      while let row = try rows.next() {
        let day = Day(ordinal: row[0])
        days[day] = try sum(days[day] ?? 0, row[1], series)
      }
    }
    return days
  }

  private func sum(_ left: Int64, _ right: Int64, _ series: OutlinedSeries) throws -> Int64 {
    do {
      return try Quantity.sum(left, right)
    } catch {
      throw BackfillFailure("a counter of \(series.workspace) would exceed what a sample can hold")
    }
  }
}
