package import Foundation
package import Publication
import Usage

extension ScrapeCoordinator {
  /// What is wrong with the exporter itself.
  package var faults: [ExporterStanding.Fault] { standing.faults }

  /// How all workspaces fare, out of memory.
  package func workspaceStatus(at now: Date) async -> [WorkspaceStatus] {
    var status: [WorkspaceStatus] = []
    for workspace in collections { status.append(await workspace.status(at: now)) }
    return status
  }

  /// The agents of the month that were used most, with their trends out of the ledger.
  package func agentBoards(at now: Date) async -> [AgentBoard] {
    var found: [AgentBoard] = []
    for workspace in collections {
      if let board = await workspace.agentBoard(at: now) { found.append(board) }
    }
    var boards = AgentBoard.shared(found)
    for index in boards.indices { boards[index].agents = await withTrends(boards[index].agents) }
    return boards
  }

  private func withTrends(_ agents: [AgentUsage]) async -> [AgentUsage] {
    var result: [AgentUsage] = []
    for workspace in collections {
      let own = agents.filter { $0.workspace == workspace.plan.id }
      // Those of one workspace are all told by one collector.
      if !own.isEmpty { result += await workspace.withTrends(own) }
    }
    return result.sorted(by: AgentBoard.precedes)
  }
}
