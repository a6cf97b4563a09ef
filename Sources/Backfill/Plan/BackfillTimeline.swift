package import Exposition
package import Foundation
package import Usage

/// The instants of the samples of a span of days: the start of each day and every step from there, and the span's end.
///
/// They are reckoned as they are asked for: a year of minutes has half a million.
package struct BackfillTimeline: Sendable {
  package let span: DaySpan
  /// Seconds since 1970 with which each day begins; the last is the end.
  private let starts: [TimeInterval]
  private let step: TimeInterval

  /// - Parameter step: seconds, at least 1.
  package init(_ span: DaySpan, in calendar: LocalCalendar, step: TimeInterval) {
    self.span = span
    self.step = step
    starts = (span.days + [span.last.advanced(by: 1)]).map { calendar.start(of: $0).timeIntervalSince1970 }
  }

  /// Every step from one instant on, as long as it is before another.
  package struct Stamps: Sequence, IteratorProtocol, Sendable {
    fileprivate var moment: TimeInterval
    fileprivate let end: TimeInterval
    fileprivate let step: TimeInterval
    /// Whether the end is one of them.
    fileprivate var isClosed = false

    package mutating func next() -> SampleStamp? {
      if moment < end {
        defer { moment += step }
        return SampleStamp(milliseconds: Int64((moment * 1000).rounded()))
      }
      guard isClosed else { return nil }
      isClosed = false
      return SampleStamp(milliseconds: Int64((end * 1000).rounded()))
    }
  }

  /// From the start of a day, and before its end: what is known there is all of the days before.
  package func from(startOf day: Day) -> Stamps {
    let index = day.ordinal - span.first.ordinal
    return Stamps(moment: starts[index], end: starts[index + 1], step: step)
  }

  /// After the start of a day, up to its end: what is known there is the day.
  package func upTo(endOf day: Day) -> Stamps {
    let index = day.ordinal - span.first.ordinal
    return Stamps(moment: starts[index] + step, end: starts[index + 1], step: step, isClosed: true)
  }

  package var end: Stamps {
    let end = starts[starts.count - 1]
    return Stamps(moment: end, end: end, step: step, isClosed: true)
  }
}
