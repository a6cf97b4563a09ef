import Dashboards
import Foundation
import Testing

/// The boards against the README's metric reference, which another test holds against the code.
@Suite("The metrics of the boards")
struct MetricNamesTests {
  /// What the recording rules make.
  private static let recorded: [String: Set<String>] = [
    "agent_measure:agentusage_used:increase1d": ["provider", "workspace", "agent_id", "measure"],
    "agent_measure:agentusage_used:expected1d": ["provider", "workspace", "agent_id", "measure"],
    "agent_measure:agentusage_used:limit1d": ["provider", "workspace", "agent_id", "measure", "severity"],
    "workspace_measure:agentusage_spent:period": ["provider", "workspace", "measure", "period"],
    "workspace_measure:agentusage_budget:period": ["provider", "workspace", "measure", "period"],
    "workspace_measure:agentusage_projected:period": ["provider", "workspace", "measure", "period"],
  ]

  /// Labels by name of metric, from the tables of the README.
  private static func reference() throws -> [String: Set<String>] {
    var labels = recorded
    for row in try Repository.text("README.md").matches(of: /\| `(\w+)` \| (\w+) \| ([^|]*) \|/) {
      let named = Set(row.3.matches(of: /`(\w+)`/).map { String($0.1) })
      let name = String(row.1)
      labels[name] = named
      if row.2 == "histogram" {
        labels[name + "_bucket"] = named.union(["le"])
        labels[name + "_sum"] = named
        labels[name + "_count"] = named
      }
    }
    return labels
  }

  @Test("are in the reference, with the labels they are selected by", arguments: DashboardFiles.all.map(\.path))
  func selectors(path: String) throws {
    guard path.hasSuffix(".json") else { return }
    let reference = try Self.reference()
    let text = try #require(DashboardFiles.all.first { $0.path == path }).contents
    let bare = text.replacingOccurrences(of: "\\\"", with: "'")
    let found = bare.matches(of: /((?:\w+:)?(?:agentusage|process)_\w+(?::\w+)?)\{([^}]*)\}/)
    #expect(found.count > 20)
    for selector in found {
      let name = String(selector.1)
      let labels = try #require(reference[name], "\(name) is not in the README's reference")
      let used = Set(selector.2.matches(of: /(\w+)[=!]/).map { String($0.1) })
      #expect(used.isSubset(of: labels.union(["job", "instance"])), "\(name)")
    }
    for name in bare.matches(of: /(?:agentusage|process)_[a-z0-9_]+/).map({ String($0.0) }) {
      #expect(
        reference[name] != nil || reference.keys.contains { $0.contains(":" + name + ":") }, "\(name) is unknown")
    }
  }
}
