import Foundation

/// A stretch of the past that the demo goes through before it serves.
struct HistoryPlan: Sendable, Equatable {
  /// The first scrape: a whole multiple of ``step`` since 1970, so that days begin with a collection.
  let start: Date
  /// Seconds between two collections.
  let step: TimeInterval
  /// Seconds between two scrapes, of which a whole number is a step.
  let interval: TimeInterval
  /// Where what was served is written; nil for nowhere.
  let file: String?

  /// Seconds of Prometheus' look-back, beyond which it takes a series for stale: no scrapes are closer than this, and
  /// those that are further apart are for a Prometheus with a longer one.
  static let lookBack: TimeInterval = 300

  /// - Parameter length: seconds before `now` at which it begins, or up to a step more.
  init(length: TimeInterval, step: TimeInterval, interval: TimeInterval, file: String?, before now: Date) {
    start = Date(timeIntervalSince1970: ((now.timeIntervalSince1970 - length) / step).rounded(.down) * step)
    self.step = step
    self.interval = interval
    self.file = file
  }
}

/// The moments of a history as a Prometheus sees them whose time goes `speed` times slower than the demo's.
struct HistoryTimeline: Sendable {
  /// The first scrape.
  let start: Date
  /// The moment from which on the demo's clock runs.
  let end: Date
  /// Seconds between two scrapes.
  let interval: TimeInterval
  let speed: Double

  /// Of each scrape, in milliseconds since 1970: as long before ``end`` as it was, divided by ``speed``.
  func timestamps(_ count: Int) -> [Int64] {
    let last = end.timeIntervalSince1970
    return (0..<count).map { tick in
      let moment = start.timeIntervalSince1970 + Double(tick) * interval
      return Int64(((last - (last - moment) / speed) * 1000).rounded(.down))
    }
  }
}
