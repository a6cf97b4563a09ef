package import Usage

/// What an agent was used in the current month.
package struct AgentUsage: Sendable, Hashable {
  package let workspace: WorkspaceID
  /// The collector that tells.
  package let collector: String
  package let key: SeriesKey
  package let name: String?
  /// In the stored units of the measure (``Measure/Scale``).
  package let month: Int64
  /// By day, the last of them today; nil for a day that was not read. Empty if the provider tells no days.
  package var trend: [Int64?] = []
  /// Today in the workspace's time zone.
  package let today: Day

  package init(
    workspace: WorkspaceID, collector: String, key: SeriesKey, name: String?, month: Int64, today: Day
  ) {
    self.workspace = workspace
    self.collector = collector
    self.key = key
    self.name = name
    self.month = month
    self.today = today
  }
}

/// The agents of the month that were used most, by one measure: of one workspace, or of several of one provider.
package struct AgentBoard: Sendable, Hashable {
  /// So many agents are named.
  package static let length = 10
  /// So many days are drawn.
  package static let trendDays = 30
  /// With more workspaces than this, those of one provider share a board.
  package static let separateLimit = 12

  package let provider: ProviderKind
  /// Nil for several.
  package let workspace: WorkspaceID?
  package let measure: Measure
  /// The most used first.
  package var agents: [AgentUsage]
  /// What all other agents were used, and what belongs to none.
  package let rest: Int64
  /// How many agents there are, named or not.
  package let count: Int

  package init(
    provider: ProviderKind, workspace: WorkspaceID?, measure: Measure, agents: [AgentUsage], rest: Int64, count: Int
  ) {
    self.provider = provider
    self.workspace = workspace
    self.measure = measure
    self.agents = agents
    self.rest = rest
    self.count = count
  }

  /// The boards to show: one for each workspace, or with many of them one for each provider and measure.
  package static func shared(_ boards: [AgentBoard]) -> [AgentBoard] {
    guard boards.count > separateLimit else { return boards }
    let groups = Dictionary(grouping: boards) { Group(provider: $0.provider, measure: $0.measure) }
    let order = ProviderKind.allCases.flatMap { provider in
      Measure.allCases.map { Group(provider: provider, measure: $0) }
    }
    return order.compactMap { groups[$0].map(merged) }
  }

  private struct Group: Hashable {
    let provider: ProviderKind
    let measure: Measure
  }

  private static func merged(_ boards: [AgentBoard]) -> AgentBoard {
    let all = boards.flatMap(\.agents).sorted(by: precedes)
    let beyond = all.dropFirst(length).map(\.month) + boards.map(\.rest)
    return AgentBoard(
      provider: boards[0].provider, workspace: boards.count == 1 ? boards[0].workspace : nil,
      measure: boards[0].measure, agents: Array(all.prefix(length)), rest: sum(beyond),
      count: boards.reduce(0) { $0 + $1.count })
  }

  static func precedes(_ left: AgentUsage, _ right: AgentUsage) -> Bool {
    if left.month != right.month { return left.month > right.month }
    return (left.workspace.name, left.key.entity.id) < (right.workspace.name, right.key.entity.id)
  }

  /// A sum for the eye: one that is too large stays at the largest.
  package static func sum(_ amounts: some Sequence<Int64>) -> Int64 {
    amounts.reduce(0) { sum, amount in
      let (next, overflow) = sum.addingReportingOverflow(amount)
      return overflow ? .max : next
    }
  }
}
