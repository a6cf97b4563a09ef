/// One agent: how it is used, whether that is usual, and what it costs.
enum AgentBoard {
  static let uid = "agentusage-agent"

  static let dashboard = Dashboard(
    uid: uid, title: "AI agents / Agent",
    description: "One agent: its use against what is usual, its users, tokens, feedback and failures.",
    variables: Selection.shared + [chosen, measure], annotations: [.spikes(it)],
    rows: [
      Row("The agent", [attributes, periods, Freshness.badge(of: it, width: 4).tall(5)], leadingTo: Lead.adoption),
      Row("In the selected range", totals, leadingTo: Lead.overview, Lead.spend),
      Row("Use", use, leadingTo: Lead.spend),
      Row("Users, tokens, feedback and failures", details, leadingTo: Lead.adoption, Lead.reading),
      Row("Telephone", [numbers], leadingTo: Lead.overview),
    ])

  private static let it = #"agent_id="$agent""#
  private static let agent = Entity.agent

  private static func used(_ measure: String, over window: Window = .range, by dimensions: [String] = []) -> Expression
  {
    agent.used(measure, over: window, by: dimensions, where: [it])
  }

  /// Shown by name, with the id as value. A name that holds a quotation mark is shown up to it.
  private static let chosen = Variable(
    name: "agent", label: "Agent",
    source: .query(
      "query_result(\(agent.info.value.max(by: "agent_id", "agent_name").text))",
      regex: #"/agent_name="(?<text>[^"]+)|agent_id="(?<value>[^"]+)/g"#))

  private static let measure = Variable(
    name: "measure", label: "Measure",
    source: .query(
      "label_values(\(Series.recorded("agent_measure:agentusage_used:increase1d", it).value.text), measure)"))

  private static let attributes = Panel.table(
    "Attributes", "What the provider tells about the agent. An attribute that it does not tell is a dash.",
    [
      .label("agent_name", "Agent"), .label("provider"), .label("workspace"), .label("agent_type", "Type"),
      .label("visibility", "Visibility"), .label("agent_id"),
      .rows(
        Series.scraped("agentusage_agent_info", it).value
          .max(by: "agent_name", "provider", "workspace", "agent_type", "visibility", "agent_id")),
    ], sortedBy: "Agent", descending: false, width: 9, height: 5)

  private static let periods = Panel.table(
    "Calendar day and month so far",
    "Use of the calendar day and month as the provider reports it now; corrections are in it. Days and months are cut in the workspace's time zone. Not every provider tells both.",
    [
      .label("period", "Period"), .label("provider"), .label("workspace"),
      .value("Began", began * .number(1000), unit: .fromNow, decimals: nil),
    ]
      + [
        ("Messages", "messages"), ("Conversations", "conversations"), ("Executions", "executions"),
        ("Calls", "calls"), ("Credits", "credits"),
      ].map { title, measure in
        .value(
          title,
          Series.scraped("agentusage_agent_period_\(measure)", it, #"period=~"day|month""#).value
            .max(by: "provider", "workspace", "period"))
      },
    sortedBy: "Period", descending: false, width: 11, height: 5)

  private static let began: Expression = {
    let start = Series.scraped("agentusage_period_start_timestamp_seconds", #"period=~"day|month""#).value
      .max(by: "provider", "workspace", "period")
    let here = Series.scraped("agentusage_agent_info", it).value.max(by: "provider", "workspace")
    return Expression("\(start.text) and on (provider, workspace) \(here.text)").parenthesised
  }()

  private static let totals: [Panel] = [
    .stat("Messages", "Messages of the agent in the selected range.", used("messages").sum()),
    .stat(
      "Executions", "Executions of the agent in the selected range, failed ones included.", used("executions").sum()),
    .stat(
      "Calls", "Calls of the agent in the selected range; AgentPhone tells completed ones only by agent.",
      used("calls").sum()),
    .stat(
      "Call time", "Time on the telephone in the selected range.", used("call_seconds").sum(), unit: .seconds,
      decimals: 1),
    .stat(
      "Credits", "Credits of the agent's platform in the selected range.",
      [.instant(used("credits").sum(by: "provider"), "{{provider}}")], decimals: 1),
    .stat(
      "Active users, 7 days", "Distinct users of the agent over the seven days that end today.",
      [.instant(agent.gauge("active_users", it, #"window="7d""#), "{{provider}}/{{workspace}}")]),
  ]

  private static func expectation(_ name: String, _ matchers: String...) -> Expression {
    let series = Series.recorded("agent_measure:agentusage_used:\(name)", it, #"measure="$measure""#)
    return Series(name: series.name, matchers: series.matchers + matchers).value.max(by: "provider", "workspace")
  }

  private static let use: [Panel] = [
    .lines(
      "Last 24 hours against what is usual",
      "The chosen measure over the last 24 hours at each moment, what is expected at this time of the week, and the limits beyond which the spike alerts fire. Expectation and limits need some weeks of history and the recording rules.",
      [
        .range(expectation("increase1d"), "used, {{provider}}/{{workspace}}", step: "5m"),
        .range(expectation("expected1d"), "expected, {{provider}}/{{workspace}}", step: "5m"),
        .range(expectation("limit1d", #"severity="info""#), "limit, info", step: "5m", dashed: true),
        .range(expectation("limit1d", #"severity="warning""#), "limit, warning", step: "5m", dashed: true),
      ], unit: .count, decimals: 0, width: 24
    ).leading(to: Lead.judging, Lead.runbook("AgentUsageSpike"), Lead.runbook("AgentUsageSilent"))
      .empty(means: "the recording rules are not loaded, or the agent has no history yet"),
    .bars(
      "Use per day", "Messages, executions and calls of the agent.",
      ["messages", "executions", "calls"].map { .daily(used($0, over: .day).sum(), $0) }),
    .bars(
      "Credits per day", "Credits of the agent's platform.",
      [.daily(used("credits", over: .day).sum(by: "provider"), "{{provider}}")]),
  ]

  private static let details: [Panel] = [
    .lines(
      "Active users",
      "Distinct users of the agent over windows of days that end at each moment. Windows overlap and are not added up.",
      [
        .range(
          agent.gauge("active_users", by: ["window"], it, #"window=~"1d|7d|28d|30d""#),
          "{{window}}, {{provider}}/{{workspace}}")
      ], unit: .count, decimals: 0),
    .bars(
      "Tokens per day",
      "Tokens by class; the classes are disjoint. Langdock tells them for own model keys only.",
      [.daily(used("tokens", over: .day, by: ["token_type"]).sum(by: "token_type"), "{{token_type}}")]),
    .bars(
      "Feedback per day", "Thumbs up and down that users gave the agent's answers.",
      [.daily(used("feedback", over: .day, by: ["thumb"]).sum(by: "thumb"), "{{thumb}}")]),
    .lines(
      "Failed executions", "Share of the executions of the last 24 hours that failed, at each moment.",
      [
        .range(
          used("execution_failures", over: .day).sum() / used("executions", over: .day).sum().above(0).parenthesised,
          "failed", step: "1h")
      ], unit: .share, decimals: 1, thresholds: .limits(warning: 0.05, critical: 0.2)
    ).leading(to: Lead.health, Lead.overview),
  ]

  private static let numbers = Panel.table(
    "Telephone numbers",
    "The numbers that are assigned to the agent now, with what they took in the selected range, whoever they were assigned to then. Calls by number include those that were not completed.",
    [
      .label("phone_number_id", "Number"), .label("country", "Country"), .label("status", "Status"),
      .label("provider"), .label("workspace"),
      .value("Calls", ofNumbers("calls")), .value("Messages", ofNumbers("messages")),
    ], sortedBy: "Calls", height: 6
  ).empty(means: "the agent has no telephone number")

  private static func ofNumbers(_ measure: String) -> Expression {
    let number = Entity.phoneNumber
    let attributes = ["country", "status"]
    let info = Series.scraped("agentusage_phone_number_info", it).value
      .aggregated("max", number.identity + attributes)
    return number.joined(number.used(measure), with: attributes, from: info)
  }
}
