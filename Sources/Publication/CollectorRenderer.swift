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
  package func freshUntil(_ book: CollectorBook) -> Date? {
    // A first collection that has only half succeeded has something to show already.
    (book.progress.lastSuccess ?? book.readAt.values.max())?.addingTimeInterval(maxStaleness)
  }

  package func isFresh(_ book: CollectorBook, at now: Date) -> Bool {
    freshUntil(book).map { now <= $0 } ?? false
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
  /// What the next rendering of the collector goes on with.
  package private(set) var lines: UsageLines
  /// Usage series written.
  package private(set) var seriesCount = 0
  /// Series that another collector of the workspace already gives.
  package private(set) var duplicates: Set<SeriesKey> = []

  /// - Parameters:
  ///   - lines: of the collector's last rendering.
  ///   - sharing: what other collectors of the workspace tell of the same things.
  package init(
    _ facts: CollectorFacts, book: CollectorBook, at now: Date, lines: UsageLines = UsageLines(),
    sharing: SeriesSharing = SeriesSharing()
  ) {
    self.facts = facts
    self.book = book
    self.now = now
    self.lines = lines
    self.sharing = sharing
    identity = LabelSet(facts.id.workspace)
    labels = UsageLabels(facts.id.workspace)
  }

  package mutating func render() -> PieceBuilder {
    if facts.isFresh(book, at: now) {
      renderCounters()
      renderPeriods()
      renderActiveUsers()
      renderAttributes()
      renderStates()
    } else {
      lines = UsageLines()
    }
    renderProgress()
    renderRejections()
    return builder
  }

  private var today: Day { facts.calendar.day(at: now) }

  private mutating func renderCounters() {
    var held = lines.counters
    defer { lines.counters = held }
    // The usual case, in which nothing is sorted: the series are those of the last time.
    if sharing.isEmpty, book.series.count == held.count,
      let pieces = held.pieces({ key in book.series[key].map { SampleValue($0.published, key.measure) } })
    {
      return add(pieces) { UsageFamilies.counters[$0] }
    }
    var keys: [SeriesKey] = []
    for key in sharing.keys(with: book.series) where !sharing.hidden.contains(key.family) {
      if !sharing.counters.contains(key) {
        keys.append(key)
      } else if UsageFamilies.counters[key.family] != nil {
        duplicates.insert(key)
      }
    }
    held.hold(keys.sorted(by: <), of: \.family, { UsageFamilies.counters[$0] }, labels: { labels.counter($0) })
    let pieces = held.pieces { SampleValue(sharing.published($0, book.series[$0]), $0.measure) }
    add(pieces ?? []) { UsageFamilies.counters[$0] }
  }

  private mutating func renderPeriods() {
    lines.periods = lines.periods.filter { facts.periods.contains($0.key) }
    for period in facts.periods {
      guard let values = book.periods[PeriodWindow(period, today: today)] else {
        lines.periods[period] = nil
        continue
      }
      var held = lines.periods[period] ?? KeptFamilies()
      func value(_ key: SeriesKey) -> SampleValue? { values[key].map { SampleValue($0, key.measure) } }
      var pieces = sharing.isEmpty && values.count == held.count ? held.pieces(value) : nil
      if pieces == nil {
        let keys = values.keys.filter { !sharing.hidden.contains($0.family) && !sharing.counters.contains($0) }
        held.hold(
          keys.sorted(by: <), of: \.family, { UsageFamilies.periods[$0] },
          labels: { labels.counter($0).adding(Label("period", period.rawValue)) })
        pieces = held.pieces(value)
      }
      lines.periods[period] = held
      add(pieces ?? []) { UsageFamilies.periods[$0] }
    }
  }

  private mutating func renderActiveUsers() {
    lines.activeUsers = lines.activeUsers.filter { book.activeUsers[$0.key] != nil }
    for (window, users) in book.activeUsers.sorted(by: { $0.key < $1.key }) where users.end == today {
      let entities = users.counts.keys.filter {
        $0 != .other && !sharing.tellsUsers(of: $0, over: window, end: today)
      }
      var held = lines.activeUsers[window] ?? KeptFamilies()
      held.hold(
        entities.sorted(by: <), of: \.scope, { UsageFamilies.activeUsers[$0] },
        labels: { labels.activeUsers($0, over: window) })
      add(held.pieces { users.counts[$0].map(SampleValue.integer) } ?? []) { UsageFamilies.activeUsers[$0] }
      lines.activeUsers[window] = held
    }
  }

  private mutating func renderAttributes() {
    var attributes = book.attributes
    for (entity, name) in UsageLabels.ownNames
    where attributes[entity] == nil && book.series.keys.contains(where: { $0.entity == entity }) {
      attributes[entity] = [name]
    }
    let named = attributes.filter { !sharing.named.contains($0.key) }
      .map { UsageLines.Named(entity: $0.key, attributes: $0.value) }
    var held = lines.infos
    held.hold(
      named.sorted { $0.entity < $1.entity }, of: \.entity.scope, { UsageFamilies.infos[$0] },
      labels: { named in
        UsageFamilies.infos[named.entity.scope].map { labels.info(named.entity, named.attributes, of: $0) } ?? .none
      })
    add(held.pieces { _ in .integer(1) } ?? []) { UsageFamilies.infos[$0] }
    lines.infos = held
  }

  private mutating func add<Family>(
    _ lines: [(family: Family, pieces: [Piece])], _ metric: (Family) -> MetricDescriptor?
  ) {
    for (family, pieces) in lines {
      guard let metric = metric(family) else { continue }
      builder.add(metric, pieces)
      seriesCount += pieces.reduce(0) { $0 + $1.samples }
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
