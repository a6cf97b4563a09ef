import Collection
import Usage

/// What an operator should know although nothing failed.
struct NoteView {
  let provider: String
  let names: [String]
  let others: String?
  let collectors: String
  let sentence: String

  static func all(_ workspaces: [WorkspaceStatus]) -> [NoteView] {
    var groups: [Key: (names: [String], collectors: [String])] = [:]
    var order: [Key] = []
    for workspace in workspaces {
      for (sentence, collector) in sentences(of: workspace) {
        let key = Key(provider: workspace.id.provider, sentence: sentence)
        if groups[key] == nil { order.append(key) }
        groups[key, default: ([], [])].names.append(workspace.id.name)
        groups[key]?.collectors.append(collector)
      }
    }
    return order.compactMap { key in groups[key].map { NoteView(key, $0.names.unique, $0.collectors.unique) } }
  }

  private struct Key: Hashable {
    let provider: ProviderKind
    let sentence: String
  }

  private static func sentences(of workspace: WorkspaceStatus) -> [(String, collector: String)] {
    workspace.collectors.flatMap { collector -> [(String, collector: String)] in
      var sentences = collector.notices
      if collector.state == .notEnabled {
        sentences.append(collector.hint ?? "the provider has not switched on what this collector asks for")
      }
      if collector.rejectedRows > 0 {
        sentences.append(
          "rows were refused that no count can be taken from; the metric agentusage_collector_rejected_rows_total tells why"
        )
      }
      return sentences.map { (Advice.sentence($0), collector.name) }
    }
      + (workspace.foldedAgents > 0
        ? [("There are more agents than max_agents: those beyond share agent_id other.", "agents")] : [])
  }

  private init(_ key: Key, _ workspaces: [String], _ collectors: [String]) {
    provider = key.provider.title
    names = Array(workspaces.prefix(ProblemView.namedLimit))
    others = workspaces.count > names.count ? "and \(workspaces.count - names.count) more" : nil
    self.collectors = collectors.joined(separator: ", ")
    sentence = key.sentence
  }
}
