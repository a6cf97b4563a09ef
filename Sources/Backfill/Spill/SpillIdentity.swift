package import Settings
package import Usage

/// What a spill was read for. One that was begun for something else must not be gone on with.
package struct SpillIdentity: Codable, Sendable, Equatable {
  package struct Workspace: Codable, Sendable, Equatable {
    let id: String
    let zone: String
    let baseURL: String
    let remoteWorkspace: String?
    let collectors: [String]
    let exposesPhoneNumbers: Bool
  }

  /// Raised at every change of the tables.
  private var version = 1
  let from: String
  let workspaces: [Workspace]

  package init(from: Day, _ settings: [WorkspaceSettings]) {
    self.from = "\(from)"
    workspaces = settings.map { workspace in
      Workspace(
        id: "\(workspace.id)", zone: workspace.calendar.name, baseURL: workspace.baseURL,
        remoteWorkspace: workspace.remoteWorkspace,
        collectors: workspace.collectors.filter(\.enabled).map(\.name),
        exposesPhoneNumbers: workspace.exposePhoneNumbers)
    }
  }

  /// How this differs from what is asked for now, in words; nil if it does not.
  func difference(from asked: SpillIdentity) -> String? {
    if version != asked.version { return "is of another version of this program" }
    if from != asked.from { return "begins on \(from), not on \(asked.from)" }
    let ids = workspaces.map(\.id)
    if ids != asked.workspaces.map(\.id) { return "is of the workspaces \(ids.joined(separator: ", "))" }
    for (mine, other) in zip(workspaces, asked.workspaces) where mine != other {
      if mine.zone != other.zone { return "has days of \(mine.zone) for \(mine.id), not of \(other.zone)" }
      if mine.collectors != other.collectors {
        return "is of the collectors \(mine.collectors.joined(separator: ", ")) of \(mine.id)"
      }
      return "was read with another configuration of \(mine.id)"
    }
    return nil
  }
}
