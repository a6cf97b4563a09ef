/// How current the data are.
enum Freshness {
  private static let collector = ["provider", "workspace", "collector"]

  /// Seconds since the instant up to which the slowest enabled collector of each workspace knows the usage. Of several
  /// exporters the most current one counts.
  static let age: Expression = {
    let through = Series.scraped("agentusage_collector_data_through_timestamp_seconds").value.above(0)
      .aggregated("max", collector)
    let enabled = Series.scraped("agentusage_collector_enabled").value.equal(to: 1).aggregated("max", collector)
    let known = Expression("\(through.text) and on (\(collector.joined(separator: ", "))) \(enabled.text)")
    return .now - known.min(by: "provider", "workspace")
  }()

  /// The badge that every board of usage has.
  ///
  /// - Parameter agent: a matcher, for the workspace of one agent alone.
  static func badge(of agent: String? = nil, width: Int) -> Panel {
    let here = agent.map { Series.scraped("agentusage_agent_info", $0).value.max(by: "provider", "workspace") }
    return .stat(
      "Data behind by",
      "Age of the oldest of each workspace's data: the time since the instant up to which its slowest collector knows the usage.",
      [
        .instant(
          here.map { Expression("(\(age.text)) and on (provider, workspace) \($0.text)") } ?? age,
          "{{provider}}/{{workspace}}")
      ], unit: .seconds, thresholds: .limits(warning: 7200, critical: 86400), width: width
    ).linked(Lead.health).leading(to: Lead.health, Lead.runbook("AgentUsageDataStale"))
  }
}

/// Usage of calendar periods against configured budgets, from the recording rules.
enum Budget {
  static func spent(_ matchers: String...) -> Expression { recorded("spent", matchers) }

  static func limit(_ matchers: String...) -> Expression { recorded("budget", matchers) }

  /// What the period will have used at its end if it goes on as in the last week.
  static func projected(_ matchers: String...) -> Expression { recorded("projected", matchers) }

  private static func recorded(_ what: String, _ matchers: [String]) -> Expression {
    let series = Series.recorded("workspace_measure:agentusage_\(what):period")
    return Series(name: series.name, matchers: series.matchers + matchers)
      .value.max(by: "provider", "workspace", "measure")
  }
}
