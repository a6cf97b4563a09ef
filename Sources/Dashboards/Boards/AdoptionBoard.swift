/// How many people and agents take part, and what they use.
enum AdoptionBoard {
  static let uid = "agentusage-adoption"

  static let dashboard = Dashboard(
    uid: uid, title: "AI agents / Adoption",
    description: "Active users and agents, new agents, and where and with what agents are used.",
    variables: Selection.shared,
    rows: [
      Row(
        "In the selected range", totals + [Freshness.badge(width: 8)], leadingTo: Lead.overview, Lead.agents),
      Row("Users", users, leadingTo: Lead.agents, Lead.reading),
      Row("Agents", agents, leadingTo: Lead.agents, Lead.overview),
      Row("Where and with what", AdoptionTables.panels, leadingTo: Lead.spend),
      Row("Users by id", [AdoptionTables.users], leadingTo: Lead.spend, Lead.reading),
    ])

  private static let agent = Entity.agent

  private static let known = workspaceAgents("known").sum()
  private static let active = agent.uses(where: OverviewBoard.single).above(0).count()

  private static func workspaceAgents(_ state: String) -> Expression {
    Series.scraped("agentusage_workspace_agents", "state=\"\(state)\"").value.max(by: "provider", "workspace")
  }

  private static let totals: [Panel] = [
    .stat("Agents known", "Agents that the exporter has ever seen, over all selected workspaces.", known),
    .stat(
      "Agents used", "Agents with at least one message, execution or call in the selected range.", active),
    .stat(
      "Share of agents used",
      "Agents with use in the selected range as a share of all known ones. Agents that were deleted at the provider stay known.",
      active / known.above(0).parenthesised, unit: .share),
    .stat(
      "New agents",
      "Agents that were not known yet in the day before the selected range, in workspaces that were. Of workspaces for which Prometheus has no data from then it says nothing.",
      newAgents.count().orZero()),
  ]

  /// Those with an `_info` series now and none in the day before the range, where the workspace had one.
  private static let newAgents: Expression = {
    let before = Window(span: "1d", offset: "$__range")
    let earlier = agent.info.last(over: before).aggregated("max", agent.identity)
    let watched = Entity.workspace.info.last(over: before).max(by: "provider", "workspace")
    let now = agent.info.value.aggregated("max", agent.identity)
    return Expression("\(now.text) unless \(earlier.text) and on (provider, workspace) \(watched.text)")
  }()

  private static let users: [Panel] = [
    .lines(
      "Active users, 7 days",
      "Distinct users of each workspace over the seven days that end at each moment. One person may be in several workspaces, so they are not added up.",
      [.range(Entity.workspace.gauge("active_users", #"window="7d""#), "{{provider}}/{{workspace}}")], unit: .count,
      decimals: 0),
    .table(
      "Active users by window",
      "Distinct users of each workspace over windows of days that end today, as far as its provider tells them. They are not to be added up, neither over windows nor over workspaces.",
      [.label("provider"), .label("workspace"), .rows(workspaceAgents("known"))]
        + ["1d", "7d", "28d", "30d"].map { window in
          .value(window, Entity.workspace.gauge("active_users", "window=\"\(window)\""))
        }, sortedBy: "7d", width: 12, height: 8),
    .lines(
      "Uses per active user and week",
      "Messages, executions and calls of the agents of a workspace over seven days, for each of its users who were active in them.",
      [
        .range(
          agent.uses(over: .week).sum(by: "provider", "workspace")
            / Entity.workspace.gauge("active_users", #"window="7d""#).above(0).parenthesised,
          "{{provider}}/{{workspace}}", step: "1h")
      ], decimals: 1),
    .barGauge(
      "Agents with the most users, 7 days",
      "Distinct users of the ten agents that have the most, over the seven days that end today.",
      [
        .instant(
          Expression(
            "topk(10, \(agent.named(agent.gauge("active_users", #"window="7d""#)).text))"),
          "{{agent_name}} ({{provider}}/{{workspace}})")
      ], width: 12
    ).linked(Lead.agentOfSeries),
  ]

  private static let agents: [Panel] = [
    .lines(
      "Agents known and active",
      "Agents that were ever seen, and those with use in the calendar month so far, by workspace. The second begins anew with each month.",
      [
        .range(workspaceAgents("known"), "known, {{provider}}/{{workspace}}"),
        .range(workspaceAgents("active"), "active this month, {{provider}}/{{workspace}}"),
      ], unit: .count, decimals: 0),
    .table(
      "Use of new agents",
      "Agents that were not known yet in the day before the selected range, with their use since.",
      [
        .label("agent_name", "Agent", links: [Lead.agentOfRow]), .label("provider"), .label("workspace"),
        .value("Uses", usesOfNewAgents), .label("agent_id"),
      ], sortedBy: "Uses", width: 12, height: 8
    ).empty(means: "no agent is new in this range"),
  ]

  private static let usesOfNewAgents: Expression = {
    let identity = agent.identity.joined(separator: ", ")
    return Expression("\(agent.named(agent.uses()).text) and on (\(identity)) (\(newAgents.text))")
  }()
}
