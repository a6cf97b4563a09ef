/// One agent's firing alerts of one name and severity.
package struct Alarm: Sendable, Hashable {
  package let alert: String
  package let severity: String
  package let publication: Publication
  package let workspace: String
  package let agentID: String
  package let episode: Episode

  package init(
    alert: String, severity: String, publication: Publication, workspace: String, agentID: String, episode: Episode
  ) {
    self.alert = alert
    self.severity = severity
    self.publication = publication
    self.workspace = workspace
    self.agentID = agentID
    self.episode = episode
  }
}

/// The alerts that the evaluation is about.
enum UsageAlert {
  /// Alerts that a spike should raise.
  static let spikes: Set = ["AgentUsageSpike", burst]
  static let burst = "AgentUsageBurst"
  static let silent = "AgentUsageSilent"

  static func contains(_ name: String) -> Bool { spikes.contains(name) || name == silent }
}
