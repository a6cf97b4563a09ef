package import Collection
package import Foundation
package import Usage

/// Whole pages' worth of workspaces.
package enum StatusGallery {
  /// Saturday, 2026-11-21 17:30:00 UTC.
  package static let now = Date(timeIntervalSince1970: 1_795_282_200)

  /// Every provider in one scene, with its agents.
  package static func every(_ scene: Scene) -> ExporterStatus {
    status(ProviderKind.allCases.map { scene.workspace($0, name: "acme", at: now, in: .utc) })
  }

  /// One provider in every scene.
  package static func every(_ provider: ProviderKind) -> ExporterStatus {
    status(Scene.allCases.map { $0.workspace(provider, name: $0.rawValue, at: now) })
  }

  /// Many workspaces, a few of which are not fine.
  package static func crowd(_ count: Int) -> ExporterStatus {
    status(
      (0..<count).map { index in
        let scene = index % 29 == 3 ? Scene.allCases[(index / 29) % Scene.allCases.count] : .fine
        return scene.workspace(
          ProviderKind.allCases[index % ProviderKind.allCases.count], name: "tenant-\(index)", at: now)
      })
  }

  /// Names as nobody should give them, wherever there is a name.
  package static var hostile: ExporterStatus {
    status(
      Hostile.names.enumerated().map { index, name in
        Scene.allCases[index % Scene.allCases.count].workspace(.dust, name: name, at: now)
      })
  }

  package static func status(_ workspaces: [WorkspaceStatus]) -> ExporterStatus {
    ExporterStatus(at: now, workspaces: workspaces, boards: AgentBoard.shared(workspaces.map { board($0.id) }))
  }

  /// A board of twelve agents, the last two of which are the rest.
  package static func board(_ workspace: WorkspaceID) -> AgentBoard {
    let today = LocalCalendar.utc.day(at: now)
    let measure: Measure = workspace.provider == .langdock || workspace.provider == .agentphone ? .messages : .credits
    let agents = (0..<AgentBoard.length).map { rank in
      let name = Hostile.names[(rank + workspace.name.count) % Hostile.names.count]
      var agent = AgentUsage(
        workspace: workspace, collector: "agents",
        key: SeriesKey(Entity(.agent, "agent_\(rank)"), measure), name: rank.isMultiple(of: 2) ? "Agent \(rank)" : name,
        month: Int64(12_345_678 / (rank + 1)) * measure.scale.rawValue, today: today)
      if workspace.provider != .agentphone { agent.trend = trend(rank, measure) }
      return agent
    }
    return AgentBoard(
      provider: workspace.provider, workspace: workspace, measure: measure, agents: agents,
      rest: 4711 * measure.scale.rawValue, count: 12)
  }

  /// Working weeks, with a gap of days that were not read.
  private static func trend(_ rank: Int, _ measure: Measure) -> [Int64?] {
    (0..<AgentBoard.trendDays).map { day in
      if day < rank || (rank == 3 && (12...15).contains(day)) { return nil }
      let share: Int64 = day % 7 < 5 ? 90 + Int64(day * (rank + 3) % 17) : 12
      return share * Int64(100 / (rank + 1)) * measure.scale.rawValue
    }
  }
}
