package import Exposition
package import Foundation
package import Usage

/// The instants of the samples of a span of days: the start of each day and every step from there, and the span's end.
package struct BackfillTimeline: Sendable {
  package let span: DaySpan
  package let stamps: [SampleStamp]
  /// The tick with which each day begins; the last is the end.
  private let starts: [Int]

  /// - Parameter step: seconds, at least 1.
  package init(_ span: DaySpan, in calendar: LocalCalendar, step: TimeInterval) {
    self.span = span
    var stamps: [SampleStamp] = []
    var starts: [Int] = []
    for day in span.days {
      starts.append(stamps.count)
      let end = calendar.start(of: day.advanced(by: 1)).timeIntervalSince1970
      var moment = calendar.start(of: day).timeIntervalSince1970
      while moment < end {
        stamps.append(Self.stamp(moment))
        moment += step
      }
    }
    starts.append(stamps.count)
    stamps.append(Self.stamp(calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970))
    self.stamps = stamps
    self.starts = starts
  }

  private static func stamp(_ seconds: TimeInterval) -> SampleStamp {
    SampleStamp(milliseconds: Int64((seconds * 1000).rounded()))
  }

  /// From the start of a day, and before its end: what is known there is all of the days before.
  package func from(startOf day: Day) -> ArraySlice<SampleStamp> {
    let index = day.ordinal - span.first.ordinal
    return stamps[starts[index]..<starts[index + 1]]
  }

  /// After the start of a day, up to its end: what is known there is the day.
  package func upTo(endOf day: Day) -> ArraySlice<SampleStamp> {
    let index = day.ordinal - span.first.ordinal
    return stamps[(starts[index] + 1)...starts[index + 1]]
  }

  package var end: ArraySlice<SampleStamp> { stamps.suffix(1) }
}
