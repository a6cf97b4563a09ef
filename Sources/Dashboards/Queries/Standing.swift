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
