import Exposition
package import Foundation
package import Ledger
package import Usage

/// What the publication needs to know of a workspace.
package struct WorkspaceFacts: Sendable {
  package let id: WorkspaceID
  package let calendar: LocalCalendar
  package let periods: [CalendarPeriod]
  package let budgets: [Budget]
  package let disabledCollectors: [String]

  package init(
    id: WorkspaceID, calendar: LocalCalendar, periods: [CalendarPeriod], budgets: [Budget],
    disabledCollectors: [String]
  ) {
    self.id = id
    self.calendar = calendar
    self.periods = periods
    self.budgets = budgets
    self.disabledCollectors = disabledCollectors
  }
}

/// How a workspace stands as a whole: what its collectors have in common.
package struct WorkspaceStanding: Sendable {
  package var books: [CollectorBook] = []
  /// Those whose data are not withdrawn.
  package var current: [CollectorBook] = []
  package var authFailed = false
  package var folded = 0
  package var series = 0
  package var duplicates: Int64 = 0
  package var requests = RequestTally()

  package init() {}
}

/// Turns a workspace's standing into samples.
package struct WorkspaceRenderer: Sendable {
  private let facts: WorkspaceFacts
  private let standing: WorkspaceStanding
  private let now: Date
  private let identity: LabelSet
  private var builder = PieceBuilder()

  package init(_ facts: WorkspaceFacts, _ standing: WorkspaceStanding, at now: Date) {
    self.facts = facts
    self.standing = standing
    self.now = now
    identity = LabelSet(facts.id)
  }

  package mutating func render() -> PieceBuilder {
    renderCalendar()
    renderStanding()
    renderAgents()
    renderLedger()
    standing.requests.render(into: &builder, identity)
    return builder
  }

  private mutating func renderCalendar() {
    builder.add(
      WorkspaceMetrics.info, identity.adding(Label("timezone", facts.calendar.name)), .integer(1))
    for budget in facts.budgets {
      guard let metric = WorkspaceMetrics.budgets[budget.measure] else { continue }
      builder.add(
        metric, identity.adding(Label("period", budget.period.rawValue)), SampleValue(budget.amount, budget.measure))
    }
    let today = facts.calendar.day(at: now)
    // Budgets may speak of periods for which no gauge is published; their bounds are needed all the same.
    for period in CalendarPeriod.allCases
    where facts.periods.contains(period) || facts.budgets.contains(where: { $0.period == period }) {
      let span = period.whole(today)
      let labels = identity.adding(Label("period", period.rawValue))
      let start = facts.calendar.start(of: span.first).timeIntervalSince1970
      let end = facts.calendar.start(of: span.last.advanced(by: 1)).timeIntervalSince1970
      builder.add(WorkspaceMetrics.periodStart, labels, .real(start))
      builder.add(WorkspaceMetrics.periodEnd, labels, .real(end))
    }
  }

  private mutating func renderStanding() {
    builder.add(
      CollectorMetrics.providerUp, identity, .flag(standing.books.contains { $0.progress.lastSucceeded }))
    builder.add(CollectorMetrics.authFailed, identity, .flag(standing.authFailed))
    builder.add(CollectorMetrics.folded, identity, .integer(Int64(standing.folded)))
    builder.add(CollectorMetrics.series, identity, .integer(Int64(standing.series)))
    builder.add(CollectorMetrics.duplicates, identity, .integer(standing.duplicates))
    for name in facts.disabledCollectors {
      builder.add(CollectorMetrics.enabled, identity.adding(Label("collector", name)), .integer(0))
    }
  }

  private mutating func renderAgents() {
    var known: Set<String> = []
    var active: Set<String>?
    let month = PeriodWindow(.month, today: facts.calendar.day(at: now))
    for book in standing.books {
      for entity in book.series.keys.lazy.map(\.entity) where entity.isAgent { known.insert(entity.id) }
    }
    for book in standing.current {
      guard let values = book.periods[month] else { continue }
      active = (active ?? []).union(
        values.lazy.filter { $0.key.entity.isAgent && $0.value > 0 }.map { $0.key.entity.id })
    }
    func add(_ state: String, _ count: Int) {
      builder.add(WorkspaceMetrics.agents, identity.adding(Label("state", state)), .integer(Int64(count)))
    }
    add("known", known.count + standing.folded)
    if let active { add("active", active.count) }
  }

  private mutating func renderLedger() {
    for measure in Measure.allCases {
      let labels = identity.adding(Label("measure", measure.rawValue))
      let tallies = standing.books.compactMap { $0.tallies[measure] }
      let excess = tallies.reduce(0) { Quantity.saturatingSum($0, $1.excess) }
      builder.add(LedgerMetrics.excess, labels, SampleValue(excess, measure))
      builder.add(LedgerMetrics.corrections, labels, .integer(tallies.reduce(0) { $0 + $1.corrections }))
    }
  }
}

extension Entity {
  fileprivate var isAgent: Bool { scope == .agent && self != .unassigned && self != .other }
}
