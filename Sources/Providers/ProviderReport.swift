package import Usage

/// What a provider tells of, as data: from it come the catalogue of metrics and its documentation.
package struct ProviderReport: Sendable {
  /// A measure of a scope.
  package struct Series: Sendable {
    package let family: SeriesFamily
    /// Whether it is told for calendar periods too, and not only as a total.
    package let isPeriodic: Bool
  }

  package let series: [Series]
  /// Scopes of which distinct users are told.
  package let activeUsers: [Scope]
  /// The attributes of each scope's entities, as labels of `_info` series.
  package let attributes: [Scope: [String]]

  /// - Parameter totals: measures that are told as totals of all time and not for periods.
  package init(
    _ measures: KeyValuePairs<Scope, [Measure]>, totals: KeyValuePairs<Scope, [Measure]> = [:],
    activeUsers: [Scope] = [], attributes: [Scope: [String]] = [:]
  ) {
    func series(_ measures: KeyValuePairs<Scope, [Measure]>, isPeriodic: Bool) -> [Series] {
      measures.flatMap { scope, measures in
        measures.map { Series(family: SeriesFamily(scope, $0), isPeriodic: isPeriodic) }
      }
    }
    self.series = series(measures, isPeriodic: true) + series(totals, isPeriodic: false)
    self.activeUsers = activeUsers
    self.attributes = attributes
  }

  /// The measures of calendar periods, of the workspace or of what adds up to it. Conversations do not: one that two agents
  /// take part in is two of theirs.
  var budgetMeasures: Set<Measure> {
    Set(
      series.filter { series in
        switch series.family.scope {
        case .workspace: series.isPeriodic
        case .agent, .model: series.isPeriodic && series.family.measure != .conversations
        default: false
        }
      }.map(\.family.measure))
  }
}
