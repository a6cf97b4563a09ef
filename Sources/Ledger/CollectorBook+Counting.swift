import Usage

extension CollectorBook {
  /// Whether what a reading of `bucket` finds is usage, or was there before anybody looked.
  ///
  /// A first collection is a baseline, and so are days older than all that was known when a collection was last completed:
  /// they are read late because the configuration now wants more history. All days of one collection are judged alike,
  /// in whichever order they arrive.
  func countingMode(of bucket: Bucket) -> CountingMode {
    if readAt[bucket] != nil { return .counting }
    guard progress.baselined else { return .baseline }
    guard let day = bucket.day, let countsSince else { return .counting }
    return day < countsSince ? .baseline : .counting
  }

  /// ``countsSince`` once `next` is stored: a success moves it to the oldest day that is in the books by now.
  func countsSince(after next: CollectorProgress) -> Day? {
    let isCompleted = next.baselined && (!progress.baselined || next.lastSuccess != progress.lastSuccess)
    return isCompleted ? readAt.keys.lazy.compactMap(\.day).min() : countsSince
  }

  /// The oldest day that stays once `read` are in the books as well; nil if none is to go.
  ///
  /// It is the days that were read which are counted, not those of the calendar: a clock that is years ahead for a while
  /// must not throw away days whose usage would then be counted once more.
  func oldestRetained(reading read: some Sequence<Bucket>) -> Day? {
    let new = Set(read.lazy.filter { readAt[$0] == nil }.compactMap(\.day))
    guard !new.isEmpty else { return nil }
    let days = (readAt.keys.lazy.compactMap(\.day) + new).sorted()
    // Fewer than that may be the days since the zone was changed: those before it are still in the store, and wanted.
    guard days.count > LedgerQueries.retainedDays else { return nil }
    return days.suffix(LedgerQueries.retainedDays).first
  }
}
