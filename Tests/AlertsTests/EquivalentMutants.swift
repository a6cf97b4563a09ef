/// Faults that change nothing that could be seen, each with the reason.
enum EquivalentMutants {
  static let all: [String: String] = [
    "AgentUsageCorrectionsHigh: `max` → `min` #2": oneSeries,
    "workspace:agentusage_provider:down: `increase` → `rate`": sign,
    "collector:agentusage_collector:enabled: `10m` → `3600s`": together,
    "collector:agentusage_data_lag:seconds: `10m` → `3600s`": together,
    "collector:agentusage_data_lag:seconds: `10m` → `3600s` #2": together,
    "collector:agentusage_last_success_age:seconds: `10m` → `3600s`": together,
    "collector:agentusage_min_interval:seconds: `10m` → `3600s`": together,
    "workspace_period:agentusage_elapsed:seconds: `10m` → `3600s`": together,
    "workspace_period:agentusage_elapsed:seconds: `10m` → `3600s` #2": together,
    "workspace_period:agentusage_left:seconds: `10m` → `3600s`": together,
    "workspace_period:agentusage_elapsed:seconds: `max` → `min` #2": bounds,
    "workspace_period:agentusage_left:seconds: `max` → `min`": bounds,
    "AgentUsageBudgetProjected: `10m` → `100s` #2": outlasted,
    "AgentUsageBudgetProjected: `10m` → `3600s` #2": outlasted,
  ]

  private static let oneSeries = "The recorded series has one for each group: its largest is its smallest."
  private static let sign = "Only whether there were any matters, and both are above 0 for the same counters."
  private static let together = "The series of an exporter come and go together, and the others end the alert in time."
  private static let bounds =
    "Exporters tell different bounds for a scrape or two at midnight, when nothing may fire yet."
  private static let outlasted = "A gap in what holds the alert back is shorter than its `for`."
}
