/// What is used, by whom, and whether anything is unusual: the board for every morning.
enum OverviewBoard {
  static let uid = "agentusage-overview"

  static let dashboard = Dashboard(
    uid: uid, title: "AI agents / Overview",
    description: "Usage of AI agents on all platforms, budgets and unusual use.",
    variables: Selection.shared, annotations: [.spikes()],
    rows: [
      Row("In the selected range", totals + standing, leadingTo: Lead.agents, Lead.adoption),
      Row("Attention", attention, leadingTo: Lead.runbooks),
      Row("Agents", [agents], leadingTo: Lead.agents, Lead.adoption),
      Row("Day by day", days, leadingTo: Lead.agents, Lead.spend),
    ])

  private static let agent = Entity.agent

  private static let totals: [Panel] = [
    .stat(
      "Messages", "Messages of all selected agents in the selected range, of platforms that count messages.",
      agent.used("messages").sum()),
    .stat(
      "Executions", "Executions of agents in the selected range, failed ones included, of platforms that count them.",
      agent.used("executions").sum()),
    .stat(
      "Calls", "Telephone calls of agents in the selected range. AgentPhone tells completed ones only by agent.",
      agent.used("calls").sum()),
    .stat(
      "Call time", "Time on the telephone in the selected range, over all agents.",
      agent.used("call_seconds").sum(), unit: .seconds, decimals: 1),
    .stat(
      "Cost",
      "US dollars in the selected range as the provider reports them, which is only for own model keys. Credits are not in it.",
      Entity.model.used("cost_usd").sum(), unit: .dollars, decimals: 2
    ).linked(Lead.spend).leading(to: Lead.spend),
    .stat(
      "Active agents", "Agents with at least one message, execution or call in the selected range.",
      agent.uses(where: Self.single).above(0).count()),
  ]

  /// Neither usage without an agent nor the folded tail is an agent.
  static let single = [#"agent_id!~"unassigned|other""#]

  private static let standing: [Panel] = [
    .stat(
      "Credits",
      "Credits in the selected range by provider. Credits of two providers are two currencies: they are not added up.",
      [.instant(agent.used("credits").sum(by: "provider"), "{{provider}}")], width: 8
    ).linked(Lead.spend).leading(to: Lead.spend),
    .stat(
      "Active users, 7 days",
      "Distinct users of each workspace over the seven days that end today, as its provider knows them. One person may be in several workspaces, so they are not added up.",
      [
        .instant(
          Entity.workspace.gauge("active_users", #"window="7d""#), "{{provider}}/{{workspace}}")
      ], width: 8),
    Freshness.badge(width: 8),
  ]

  private static let attention: [Panel] = [
    .stat(
      "Spike alerts", "Agents whose use is far beyond what is usual for them, now. Needs the alerting rules.",
      Series.alerts("AgentUsage(Spike|Burst)").value.max(by: "provider", "workspace", "agent_id").count().orZero(),
      thresholds: .noneExpected
    ).tall(8).leading(to: Lead.runbook("AgentUsageSpike"), Lead.runbook("AgentUsageBurst")),
    .barGauge(
      "Budget used this month",
      "Usage of the calendar month as a share of the configured budget, by workspace and measure; the month is cut in the workspace's time zone. Needs the recording rules.",
      [
        .instant(
          Budget.spent(#"period="month""#) / Budget.limit(#"period="month""#),
          "{{provider}}/{{workspace}} {{measure}}")
      ], unit: .share, thresholds: .limits(warning: 0.8, critical: 1)
    ).bounded(0...1).linked(Lead.spend).leading(to: Lead.spend, Lead.runbook("AgentUsageBudgetProjected"))
      .empty(means: "no budget is configured, or the recording rules are not loaded"),
    .table(
      "Firing alerts",
      "Alerts of this exporter's rules that fire now, also those that are not about a workspace. Needs the alerting rules.",
      [
        .label("severity", "Severity", mappings: severities), .label("alertname", "Alert"),
        .label("agent_name", "Agent", links: [Lead.agentOfRow]),
        .label("measure", "Measure"), .label("provider"), .label("workspace"), .label("agent_id"), .rows(firing),
      ], sortedBy: "Severity", width: 12, height: 8
    ).empty(means: "no alert fires"),
  ]

  private static let severities = [
    Mapping(value: "critical", text: "critical", color: "red"),
    Mapping(value: "warning", text: "warning", color: "yellow"), Mapping(value: "info", text: "info", color: "blue"),
  ]

  /// With the agent's name where there is an agent.
  private static let firing: Expression = {
    let labels = ["alertname", "severity", "provider", "workspace", "agent_id", "measure"]
    let alerts = Series.alerts("AgentUsage.*").value.aggregated("max", labels)
    return Expression("\(agent.named(alerts).text) or on (\(labels.joined(separator: ", "))) \(alerts.text)")
  }()

  private static let agents = Panel.table(
    "Agents",
    "Each agent's use in the selected range, the busiest first. Uses are messages, executions and calls together; the change is that of uses against the range as long before, for agents that were used in it.",
    [
      .label("agent_name", "Agent", links: [Lead.agentOfRow]), .label("provider"), .label("workspace"),
      .value("Uses", agent.named(agent.uses())),
      .value("Messages", agent.used("messages")),
      .value("Executions", agent.used("executions")),
      .value("Calls", agent.used("calls")),
      .value("Credits", agent.used("credits"), decimals: 1),
      .value(
        "Change", agent.uses() / agent.uses(over: .rangeBefore).above(0).parenthesised - .number(1), unit: .share),
      .label("agent_id"),
    ], sortedBy: "Uses", height: 12)

  private static let days: [Panel] = [
    .bars(
      "Messages per day", "Messages of agents by provider.",
      [.daily(agent.used("messages", over: .day).sum(by: "provider"), "{{provider}}")]),
    .bars(
      "Executions and calls per day", "Executions and calls of agents by provider.",
      [
        .daily(agent.used("executions", over: .day).sum(by: "provider"), "{{provider}} executions"),
        .daily(agent.used("calls", over: .day).sum(by: "provider"), "{{provider}} calls"),
      ]),
    .bars(
      "Uses per day of the ten busiest agents",
      "Messages, executions and calls together, of the ten agents that are used most in the selected range.",
      [
        .daily(
          agent.greatest(10, of: agent.named(agent.uses(over: .day)), by: agent.uses(over: .rangeAtEnd)),
          "{{agent_name}} ({{provider}}/{{workspace}})")
      ], width: 24
    ).linked(Lead.agentOfSeries),
  ]
}
