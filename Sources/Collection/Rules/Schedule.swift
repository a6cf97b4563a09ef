package import Foundation
package import Ledger
import Upstream
package import Usage

/// When a collector may ask, as a table of rules: events in, the stored progress out.
package struct Schedule: Sendable {
  /// Seconds.
  package let minInterval: TimeInterval
  package let calendar: LocalCalendar

  package init(minInterval: TimeInterval, calendar: LocalCalendar) {
    self.minInterval = minInterval
    self.calendar = calendar
  }

  /// What is remembered from a time with perhaps another interval: a shorter one holds at once.
  package func adopted(_ progress: CollectorProgress) -> CollectorProgress {
    // After a failure it is the provider, or the back-off, that says when.
    guard progress.failures == 0, let last = progress.lastAttempt, let stored = progress.nextAttempt else {
      return progress
    }
    var next = progress
    next.nextAttempt = min(stored, last.addingTimeInterval(minInterval))
    return next
  }

  package func isDue(_ progress: CollectorProgress, at now: Date) -> Bool {
    guard let next = progress.nextAttempt else { return true }
    if next <= now { return true }
    // A clock that was set back by more than a wait can be must not silence a collector for as long.
    guard let last = progress.lastAttempt else { return false }
    return last > now.addingTimeInterval(max(minInterval, Backoff().cap))
  }

  /// An attempt begins. What is stored now holds if the process dies before its end.
  ///
  /// The next attempt after that is a minute away, then two, four and so on: a crash loop must not burn a quota, and an
  /// exporter that was merely killed once must not be blind for a whole interval.
  package func began(_ progress: CollectorProgress, at now: Date) -> CollectorProgress {
    var next = progress
    next.lastAttempt = now
    next.failures += 1
    let reservation = Backoff(base: 60).ceiling(failures: next.failures)
    next.nextAttempt = now.addingTimeInterval(min(minInterval, reservation))
    return next
  }

  /// The attempt that began at `start` has answered everything.
  ///
  /// A new local day makes data of the old one incomplete at once, so the first attempt after midnight is never late.
  ///
  /// - Parameter gap: the first instant of which nothing is known, if a day that is over could not be read.
  package func succeeded(
    _ progress: CollectorProgress, startedAt start: Date, endedAt end: Date, rows: Int, gap: Date? = nil
  ) -> CollectorProgress {
    var next = progress
    next.failures = 0
    next.baselined = true
    next.unavailable = false
    next.lastSucceeded = true
    next.lastSuccess = start
    next.dataThrough = min(start, gap ?? start)
    next.lastDuration = max(0, end.timeIntervalSince(start))
    next.rows = rows
    let midnight = calendar.start(of: calendar.day(at: start).advanced(by: 1))
    next.nextAttempt = min(start.addingTimeInterval(minInterval), midnight)
    return next
  }

  /// The provider has not switched on what the collector asks for: nothing failed, and nothing was read.
  package func foundDisabled(
    _ progress: CollectorProgress, startedAt start: Date, endedAt end: Date
  ) -> CollectorProgress {
    var next = progress
    next.failures = 0
    next.unavailable = true
    next.lastSucceeded = true
    next.lastDuration = max(0, end.timeIntervalSince(start))
    next.nextAttempt = start.addingTimeInterval(minInterval)
    return next
  }

  /// - Parameter unit: a random number in 0..<1.
  package func failed(
    _ progress: CollectorProgress, startedAt start: Date, endedAt end: Date, retryAt: Date?, unit: Double
  ) -> CollectorProgress {
    var next = progress
    next.lastSucceeded = false
    next.lastDuration = max(0, end.timeIntervalSince(start))
    next.nextAttempt = Backoff().nextAttempt(after: end, told: retryAt, failures: next.failures, unit: unit)
    return next
  }

  /// The attempt was given up because the exporter stops: neither success nor failure, and due again at once.
  package func abandoned(_ progress: CollectorProgress, before: CollectorProgress) -> CollectorProgress {
    var next = progress
    next.failures = before.failures
    next.lastAttempt = before.lastAttempt
    next.nextAttempt = before.nextAttempt
    return next
  }

  /// Whether an attempt that begins at `start` takes in usage older than one interval.
  package func isCatchingUp(_ progress: CollectorProgress, at start: Date) -> Bool {
    guard progress.baselined, let last = progress.lastSuccess else { return false }
    return isLong(since: last, at: start)
  }

  /// Whether an answer that was asked for at `start` fills a gap: a day that is over and could not be read before.
  package func fillsGap(_ answer: Answer, _ book: CollectorBook, at start: Date) -> Bool {
    answer.coverage.contains { coverage in
      guard case .bucket(.day(let day)) = coverage else { return false }
      return book.gap(in: day, calendar, at: start).map { isLong(since: $0, at: start) } ?? false
    }
  }

  func isLong(since last: Date, at start: Date) -> Bool { start.timeIntervalSince(last) > Self.patience(minInterval) }

  /// Seconds between two successes that are ordinary.
  ///
  /// Scrapes come on their own schedule, so a gap of two intervals is ordinary; and Prometheus itself bridges gaps of up
  /// to five minutes, its look-back, so that no increase over less stands out. Where both are the time between two scrapes,
  /// they are so but for its jitter.
  package static func patience(_ minInterval: TimeInterval) -> TimeInterval {
    max(2 * minInterval, 300) + 0.1 * max(minInterval, 300)
  }
}
