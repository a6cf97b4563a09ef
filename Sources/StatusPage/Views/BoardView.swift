import Collection
import Foundation
import Usage

/// The agents of the month that were used most, of one workspace or of several.
struct BoardView {
  struct Row {
    let agent: String
    let agentID: String
    /// Nil where all are of one.
    let workspaceName: String?
    let amount: String
    let trend: Sparkline?
  }

  let title: String
  /// Nil for several.
  let workspaceName: String?
  let unit: String
  let rows: [Row]
  let rest: String?
  let restLabel: String
  let hasTrends: Bool
  /// Whether the provider is one that tells agents by no day, or none was read yet.
  let explanation: String?

  init(_ board: AgentBoard) {
    title = board.provider.title
    workspaceName = board.workspace?.name
    unit = board.measure.title
    rows = board.agents.map { agent in
      Row(
        agent: agent.name.flatMap { $0.isEmpty ? nil : $0 } ?? agent.key.entity.id, agentID: agent.key.entity.id,
        workspaceName: board.workspace == nil ? agent.workspace.name : nil,
        amount: NumberText.amount(agent.month, board.measure),
        trend: Sparkline(agent.trend, today: agent.today, board.measure))
    }
    hasTrends = rows.contains { $0.trend != nil }
    explanation = hasTrends || rows.isEmpty ? nil : "\(board.provider.title) tells no single days of an agent."
    let others = board.count - board.agents.count
    restLabel =
      others > 0 ? "\(NumberText.count(Int64(others))) more, and what belongs to no agent" : "What belongs to no agent"
    rest = board.rest > 0 ? NumberText.amount(board.rest, board.measure) : nil
  }
}
