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

  /// The oldest day that stays once `read` are in the books as well; nil if none of them is new.
  ///
  /// Days are counted back from the newest day read before: a clock that is far ahead for a moment must not throw away
  /// days whose usage would then be counted once more.
  func oldestRetained(reading read: some Sequence<Bucket>) -> Day? {
    guard let newest = read.lazy.filter({ readAt[$0] == nil }).compactMap(\.day).max() else { return nil }
    let previous = readAt.keys.lazy.compactMap(\.day).max() ?? newest
    return min(newest, previous).advanced(by: -LedgerQueries.retainedDays)
  }
}
