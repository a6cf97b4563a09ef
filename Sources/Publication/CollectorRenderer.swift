import Exposition
package import Foundation
package import Ledger
package import Usage

/// What the publication needs to know of a collector beside its book.
package struct CollectorFacts: Sendable {
  package let id: CollectorID
  package let calendar: LocalCalendar
  package let periods: [CalendarPeriod]
  /// Seconds.
  package let minInterval: TimeInterval
  /// Seconds without a success after which the data are withdrawn.
  package let maxStaleness: TimeInterval

  package init(
    id: CollectorID, calendar: LocalCalendar, periods: [CalendarPeriod], minInterval: TimeInterval,
    maxStaleness: TimeInterval
  ) {
    self.id = id
    self.calendar = calendar
    self.periods = periods
    self.minInterval = minInterval
    self.maxStaleness = maxStaleness
  }

  /// The last instant at which the data are shown; nil if there are none.
  package func freshUntil(_ progress: CollectorProgress) -> Date? {
    // A first collection that has only half succeeded has something to show already.
    (progress.lastSuccess ?? progress.lastAttempt)?.addingTimeInterval(maxStaleness)
  }

  package func isFresh(_ progress: CollectorProgress, at now: Date) -> Bool {
    freshUntil(progress).map { now <= $0 } ?? false
  }
}

/// Turns a collector's book into samples.
package struct CollectorRenderer: Sendable {
  private let facts: CollectorFacts
  private let book: CollectorBook
  private let now: Date
  private let identity: LabelSet
  private var builder = PieceBuilder()
  private var labels: UsageLabels
  private let sharing: SeriesSharing
  /// Usage series written.
  package private(set) var seriesCount = 0
  /// Series that another collector of the workspace already gives.
  package private(set) var duplicates: Set<SeriesKey> = []

  /// - Parameter sharing: what other collectors of the workspace tell of the same things.
  package init(
    _ facts: CollectorFacts, book: CollectorBook, at now: Date, sharing: SeriesSharing = SeriesSharing()
  ) {
    self.facts = facts
    self.book = book
    self.now = now
    self.sharing = sharing
    identity = LabelSet(facts.id.workspace)
    labels = UsageLabels(facts.id.workspace)
  }

  package mutating func render() -> PieceBuilder {
    if facts.isFresh(book.progress, at: now) {
      renderCounters()
      renderPeriods()
      renderActiveUsers()
      renderAttributes()
      renderStates()
    }
    renderProgress()
    renderRejections()
    return builder
  }

  private var today: Day { facts.calendar.day(at: now) }

  private mutating func renderCounters() {
    for key in sharing.keys(with: book.series).sorted(by: <) where !sharing.hidden.contains(key.family) {
      guard let metric = UsageFamilies.counters[key.family] else { continue }
      guard !sharing.counters.contains(key) else {
        duplicates.insert(key)
        continue
      }
      add(metric, labels.counter(key), SampleValue(sharing.published(key, book.series[key]), key.measure))
    }
  }

  private mutating func renderPeriods() {
    for period in facts.periods {
      guard let values = book.periods[PeriodWindow(period, today: today)] else { continue }
      for (key, amount) in values.sorted(by: { $0.key < $1.key })
      where !sharing.hidden.contains(key.family) && !sharing.counters.contains(key) {
        guard let metric = UsageFamilies.periods[key.family] else { continue }
        add(metric, labels.counter(key).adding(Label("period", period.rawValue)), SampleValue(amount, key.measure))
      }
    }
  }

  private mutating func renderActiveUsers() {
    for (window, users) in book.activeUsers.sorted(by: { $0.key < $1.key }) where users.end == today {
      for (entity, count) in users.counts.sorted(by: { $0.key < $1.key })
      where entity != .other && !sharing.tellsUsers(of: entity, over: window, end: today) {
        guard let metric = UsageFamilies.activeUsers[entity.scope] else { continue }
        add(metric, labels.activeUsers(entity, over: window), .integer(count))
      }
    }
  }

  private mutating func renderAttributes() {
    var attributes = book.attributes
    for (entity, name) in UsageLabels.ownNames
    where attributes[entity] == nil && book.series.keys.contains(where: { $0.entity == entity }) {
      attributes[entity] = [name]
    }
    for (entity, pairs) in attributes.sorted(by: { $0.key < $1.key }) where !sharing.named.contains(entity) {
      guard let metric = UsageFamilies.infos[entity.scope] else { continue }
      add(metric, labels.info(entity, pairs, of: metric), .integer(1))
    }
  }

  private mutating func renderStates() {
    let gauges: [(WorkspaceState, MetricDescriptor, String)] = [
      (.phoneNumbersUsed, WorkspaceMetrics.phoneNumbers, "used"),
      (.phoneNumbersLimit, WorkspaceMetrics.phoneNumbers, "limit"),
    ]
    for (state, metric, label) in gauges {
      guard let amount = book.states[state] else { continue }
      add(metric, identity.adding(Label("state", label)), .integer(amount))
    }
  }

  private mutating func renderProgress() {
    let progress = book.progress
    let labels = identity.adding(Label("collector", facts.id.name))
    func instant(_ date: Date?) -> SampleValue { .real(date?.timeIntervalSince1970 ?? 0) }
    builder.add(CollectorMetrics.success, labels, .flag(progress.lastSucceeded))
    builder.add(CollectorMetrics.enabled, labels, .flag(!progress.unavailable))
    builder.add(CollectorMetrics.duration, labels, .real(progress.lastDuration))
    builder.add(CollectorMetrics.lastAttempt, labels, instant(progress.lastAttempt))
    builder.add(CollectorMetrics.lastSuccess, labels, instant(progress.lastSuccess))
    builder.add(CollectorMetrics.nextAttempt, labels, instant(progress.nextAttempt))
    builder.add(CollectorMetrics.minInterval, labels, .real(facts.minInterval))
    builder.add(CollectorMetrics.dataThrough, labels, instant(progress.dataThrough))
    builder.add(CollectorMetrics.catchingUp, labels, .flag(progress.catchingUp))
    builder.add(CollectorMetrics.rows, labels, .integer(Int64(progress.rows)))
  }

  private mutating func renderRejections() {
    let labels = identity.adding(Label("collector", facts.id.name))
    for reason in RowRejection.allCases {
      builder.add(
        CollectorMetrics.rejected, labels.adding(Label("reason", reason.rawValue)),
        .integer(book.rejected[reason] ?? 0))
    }
  }

  private mutating func add(_ metric: MetricDescriptor, _ labels: LabelSet, _ value: SampleValue) {
    builder.add(metric, labels, value)
    seriesCount += 1
  }
}
