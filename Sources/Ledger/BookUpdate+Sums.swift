import Usage

extension BookUpdate {
  /// Makes the gauges of every window that `coverage` wants summed; a window of which a day is missing stays as it is.
  ///
  /// Sums take the place of what the same answer tells about the same window.
  ///
  /// - Parameter sums: adds up the stored days of a span, those of this update included.
  mutating func sum(
    _ coverage: [Coverage], book: CollectorBook, sums: (DaySpan) throws -> [SeriesKey: Int64]
  ) throws {
    for case .summed(let window) in coverage {
      guard let span = window.spanRead(Set(book.readAt.keys).union(readAt.keys)) else { continue }
      // Conversations are distinct within a day and do not add up over several.
      periods[window] = try sums(span).filter { window.unit == .day || $0.key.measure != .conversations }
    }
  }
}

extension PeriodWindow {
  /// The last day of the whole period.
  var last: Day {
    switch unit {
    case .day: start
    case .week: start.advanced(by: 6)
    case .month: start.firstOfNextMonth.advanced(by: -1)
    case .year: start.firstOfNextYear.advanced(by: -1)
    }
  }

  /// The days from the window's first to the newest that was read; nil if one between them was not, or none at all.
  func spanRead(_ buckets: Set<Bucket>) -> DaySpan? {
    let days = buckets.compactMap(\.day).filter { $0 >= start && $0 <= last }
    guard let newest = days.max() else { return nil }
    let span = DaySpan(start, through: newest)
    return days.count == span.count ? span : nil
  }
}
