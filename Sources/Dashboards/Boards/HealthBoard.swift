/// Whether the exporter does its work, and what keeps it from it.
enum HealthBoard {
  static let uid = "agentusage-health"

  static let dashboard = Dashboard(
    uid: uid, title: "AI agents / Exporter health",
    description: "Collections, requests to providers, the ledger, and the exporter's own process.",
    from: "now-24h",
    variables: Selection.shared,
    rows: [
      Row("Now", standing, leadingTo: Lead.runbooks),
      Row(
        "Collectors", [collectors], leadingTo: Lead.runbook("AgentUsageCollectorFailing"),
        Lead.runbook("AgentUsageDataStale"), Lead.runbook("AgentUsageDayUnread")),
      Row(
        "Requests to providers", HealthRequests.panels, leadingTo: Lead.runbook("AgentUsageProviderDown"),
        Lead.runbook("AgentUsageRateLimited")),
      Row(
        "Ledger and series", HealthLedger.panels, leadingTo: Lead.runbook("AgentUsageLedgerNotWritten"),
        Lead.runbook("AgentUsageLedgerReplaced")),
      Row("Exporter", HealthProcess.panels, leadingTo: Lead.runbook("AgentUsageExporterDown")),
    ])

  private static func number(of condition: Expression) -> Expression { condition.count().orZero() }

  private static let standing: [Panel] = [
    .stat(
      "Exporters scraped", "Exporters that were scraped, of those selected.",
      Series.exporter("agentusage_exporter_build_info").value.count().orZero(),
      thresholds: Thresholds(base: "red", steps: [(1, "green")])
    ).leading(to: Lead.runbook("AgentUsageExporterDown"), Lead.runbook("AgentUsageExporterAbsent")),
    .stat(
      "Providers down", "Workspaces of which no collector succeeded at its last attempt, counted for each exporter.",
      number(of: Series.scraped("agentusage_provider_up").value.equal(to: 0)), thresholds: .noneExpected
    ).leading(to: Lead.runbook("AgentUsageProviderDown")),
    .stat(
      "Credentials refused", "Workspaces whose credential the provider refused when it was last asked.",
      number(of: Series.scraped("agentusage_provider_auth_failed").value.equal(to: 1)), thresholds: .noneExpected
    ).leading(to: Lead.runbook("AgentUsageCredentialRefused")),
    .stat(
      "Collectors failing", "Enabled collectors whose last attempt failed.",
      number(of: failing), thresholds: .noneExpected
    ).leading(to: Lead.runbook("AgentUsageCollectorFailing")),
    .stat(
      "Catching up",
      "Collectors that counted usage older than their interval at the last collection, as after an outage. Usage of the last days then rises at once.",
      number(of: Series.scraped("agentusage_collector_catching_up").value.equal(to: 1)),
      thresholds: .noneUsual
    ).leading(to: Lead.judging),
    .stat(
      "Rows refused", "Rows of answers that were not counted in the selected range, because they were damaged.",
      Series.scraped("agentusage_collector_rejected_rows_total").increase(over: .range).sum(),
      thresholds: .noneExpected
    ).leading(to: Lead.runbook("AgentUsageRowsRejected")),
  ]

  private static let failing = Expression(
    Series.scraped("agentusage_collector_success").value.equal(to: 0).text + " and "
      + Series.scraped("agentusage_collector_enabled").value.equal(to: 1).text)

  private static func collector(_ name: String) -> Expression {
    of(Series.scraped("agentusage_collector_\(name)").value)
  }

  private static func instant(_ name: String) -> Expression {
    of(Series.scraped("agentusage_collector_\(name)_timestamp_seconds").value.above(0))
  }

  private static func of(_ expression: Expression) -> Expression {
    expression.max(by: "instance", "provider", "workspace", "collector")
  }

  private static let age = .now - instant("last_success")

  private static let collectors = Panel.table(
    "Collectors",
    "Each collector of each exporter. Intervals late is the age of the last success in intervals of the collector: up to one is usual, and more follows a failure, a rate limit or a want of scrapes.",
    [
      .label("instance", "Exporter"), .label("provider"), .label("workspace"), .label("collector", "Collector"),
      .value(
        "Enabled", collector("enabled"), mappings: Mapping.of(no: ("off", "text"), yes: ("on", "text"))),
      .value(
        "Last attempt", collector("success"), mappings: Mapping.of(no: ("failed", "red"), yes: ("succeeded", "green"))),
      .value("Age of success", age, unit: .seconds),
      .value(
        "Intervals late", age.parenthesised / collector("min_interval_seconds"), decimals: 1,
        thresholds: .limits(warning: 2, critical: 4)),
      .value("Next attempt", instant("next_attempt") * .number(1000), unit: .fromNow, decimals: nil),
      .value("Data through", instant("data_through") * .number(1000), unit: .fromNow, decimals: nil),
      .value("Interval", collector("min_interval_seconds"), unit: .seconds),
      .value("Took", collector("duration_seconds"), unit: .seconds, decimals: 1),
      .value(
        "Catching up", collector("catching_up"), mappings: Mapping.of(no: ("no", "text"), yes: ("yes", "yellow"))),
      .value("Rows", collector("rows")),
    ], sortedBy: "Intervals late", height: 12)
}
