package import Foundation
package import Usage

/// What a collector publishes, in memory. A value: reading it needs no lock, and a store holds the same.
package struct CollectorBook: Sendable {
  package var progress = CollectorProgress()
  /// Grows with every change, so that of two copies the newer one can be told.
  package internal(set) var revision = 0
  package internal(set) var series: SeriesTable = [:]
  package internal(set) var periods: [PeriodWindow: [SeriesKey: Int64]] = [:]
  package internal(set) var activeUsers: [ActiveUserWindow: ActiveUsers] = [:]
  package internal(set) var attributes: [Entity: [Reading.Attribute]] = [:]
  package internal(set) var states: [WorkspaceState: Int64] = [:]
  package internal(set) var tallies: [Measure: Tally] = [:]
  package internal(set) var rejected: [RowRejection: Int64] = [:]
  /// When each bucket was last read.
  package internal(set) var readAt: [Bucket: Date] = [:]
  /// Of buckets that were read as baseline: measures of which no answer has said anything yet. Where there are none, nothing.
  var untold: [Bucket: Set<Measure>] = [:]
  /// The oldest day in the books when a collection was last completed; nil before the first, or without days.
  package internal(set) var countsSince: Day?

  package struct ActiveUsers: Sendable, Hashable {
    package let end: Day
    package let counts: [Entity: Int64]
  }

  /// The corrections that a collector has seen in one measure.
  package struct Tally: Sendable, Hashable {
    package var excess: Int64 = 0
    package var corrections: Int64 = 0
  }

  package init() {}

  func untold(_ bucket: Bucket) -> Set<Measure> { untold[bucket] ?? [] }

  /// The earliest instant at which a scrape, at or after `now`, must be told of to the ledger, so that holds begin and end.
  package func settlesAt(_ now: Date) -> Date? {
    series.states.lazy.compactMap { $0.hold.settlesAt(now) }.min()
  }

  /// Whether a scrape at `now` begins or ends holds.
  package func settles(at now: Date) -> Bool {
    series.states.contains { $0.hold.settlesAt(now).map { $0 <= now } ?? false }
  }
}
