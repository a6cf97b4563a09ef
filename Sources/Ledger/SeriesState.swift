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
    /// Shown at 0 until the first scrape at or after this instant, which was so many seconds away when the hold began.
    ///
    /// In a ledger of an earlier version that is not known, and infinite.
    case until(Date, for: Float)
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
  /// One that began by a clock that ran ahead begins anew once the clock is right.
  package func settled(at now: Date) -> SeriesState {
    var next = self
    switch hold {
    case .unserved(let duration): next.hold = .until(now.addingTimeInterval(duration), for: Float(duration))
    case .until(let end, _) where end <= now: next.hold = .released
    case .until(_, let duration) where hold.isTooFar(from: now):
      next.hold = .until(now.addingTimeInterval(TimeInterval(duration)), for: duration)
    case .until, .released: break
    }
    return next
  }
}

extension SeriesState.Hold {
  /// How many seconds of difference are none: instants lose some digits on their way through the store.
  static let tolerance = 1.0

  /// The instant from which on a scrape at or after `now` changes the hold; nil if none ever does.
  func settlesAt(_ now: Date) -> Date? {
    switch self {
    case .unserved: .distantPast
    case .until(let end, _): isTooFar(from: now) ? .distantPast : end
    case .released: nil
    }
  }

  /// Whether the end is further away than it was when the hold began.
  fileprivate func isTooFar(from now: Date) -> Bool {
    guard case .until(let end, let duration) = self else { return false }
    return end.timeIntervalSince(now) > TimeInterval(duration) + Self.tolerance
  }
}
