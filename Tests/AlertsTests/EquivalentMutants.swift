/// Faults that no scene sees, each with the reason: most change nothing that could be seen.
enum EquivalentMutants {
  static let all: [String: String] = [
    "AgentUsageCorrectionsHigh: `max` → `min` #2": oneSeries,
    "instance:agentusage_exporter:down: `10m` → `3600s`": remembered,
    "AgentUsageStarved: `increase` → `rate`": sign,
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
    "AgentUsageSilent: `10m` → `100s`": sampled,
    "AgentUsageSilent: `10m` → `100s` #2": sampled,
    "AgentUsageSilent: `10m` → `3600s`": together,
    "AgentUsageSilent: `10m` → `3600s` #2": together,
    "AgentUsageSilent: `max` → `min` #2": oneExporter,
    "AgentUsageSilent: `on` without provider": oneExporter,
    "AgentUsageSilent: `sum` → `max`": oneExporter,
    "collector:agentusage_collected:seconds: `*` → `/`": anyHuge,
    "collector:agentusage_collected:seconds: `10m` → `100s`": sampled,
    "collector:agentusage_collected:seconds: `10m` → `3600s`": together,
    "collector:agentusage_collected:seconds: `4d` → `2073600s`": sampled,
    "collector:agentusage_collected:seconds: `4d` → `57600s`": sampled,
    "collector:agentusage_collected:seconds: `5m` → `50s`": sampled,
    "collector:agentusage_collected:seconds: `max` → `min` #3": oneExporter,
    "workspace:agentusage_caught_up:1d: `1d` → `518400s`": otherWindow,
    "workspace:agentusage_caught_up:1d: `1d` → `518400s` #2": otherWindow,
    "workspace:agentusage_caught_up:1d: `max` → `min`": oneExporter,
    "agent_measure:agentusage_used:stddev1d: `*` → `/` #3": zero,
    "agent_measure:agentusage_used:noise: `1h` → `21600s`": daily,
    "agent_measure:agentusage_used:noise: `1h` → `600s`": daily,
    "agent_measure:agentusage_used:known: `3d` → `1555200s`": before,
    "agent_measure:agentusage_used:scaled_stddev1d: `3` → `6.0`": calm,
    "agent_measure:agentusage_used:scaled_stddev1d: `*` → `/` #4": zero,
  ]

  private static let remembered =
    "A target that was down within the hour, and is again, was an exporter within the day."
  private static let zero = "Nothing times something, or divided by it, is nothing."
  private static let before = "Who was there before these three days, and not in them, had a gap of three days."
  private static let daily = "Not equivalent: rules that are played alone have a sample a day."
  private static let calm = "Not equivalent: nobody here is so noisy for two weeks, and all of the workspace with him."
  private static let sampled =
    "Not equivalent: scenes of days are sampled every five minutes, and one of four days would tell."
  private static let oneExporter =
    "Not equivalent: these scenes have one exporter, and nothing that could be confused with it."
  private static let anyHuge = "A million either way: the series it is multiplied with is 1."
  private static let otherWindow = "The other of the two windows ends it at the same time."
  private static let oneSeries = "The recorded series has one for each group: its largest is its smallest."
  private static let sign = "Only whether there were any matters, and both are above 0 for the same counters."
  private static let together = "The series of an exporter come and go together, and the others end the alert in time."
  private static let bounds =
    "Exporters tell different bounds for a scrape or two at midnight, when nothing may fire yet."
  private static let outlasted = "A gap in what holds the alert back is shorter than its `for`."
}
