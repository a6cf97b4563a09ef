package import Foundation

/// The state of one counter.
package struct SeriesState: Hashable, Sendable {
  /// The row that holds it in the store.
  package let row: Int64
  /// All that was counted, less the baseline. Never falls.
  package var total: Int64
  package var hold: Hold

  /// Why a new counter is shown at 0: `increase()` can only see usage that is preceded by a sample without it.
  package enum Hold: Hashable, Sendable {
    /// No scrape has shown the counter yet; once one has, it stays at 0 for so many seconds.
    case unserved(TimeInterval)
    /// Shown at 0 until the first scrape at or after this instant.
    case until(Date)
    case released
  }

  package init(row: Int64, total: Int64, hold: Hold) {
    self.row = row
    self.total = total
    self.hold = hold
  }

  /// What a scrape shows.
  package var published: Int64 { hold == .released ? total : 0 }

  /// The state after a scrape at `now` has shown this one.
  ///
  /// A hold is released only by a later scrape than the one that began it, and stays released if the clock is set back.
  package func settled(at now: Date) -> SeriesState {
    var next = self
    switch hold {
    case .unserved(let duration): next.hold = .until(now.addingTimeInterval(duration))
    case .until(let end) where end <= now: next.hold = .released
    case .until, .released: break
    }
    return next
  }
}
