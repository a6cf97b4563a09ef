/// What is spent, on what, and whether the budgets last.
enum SpendBoard {
  static let uid = "agentusage-spend"

  static let dashboard = Dashboard(
    uid: uid, title: "AI agents / Spend and budgets",
    description:
      "Credits, cost and tokens, and budgets of calendar periods. Credits of different providers are different currencies and are never added up.",
    variables: Selection.shared + [
      Variable(name: "period", label: "Budget period", source: .values(["month", "week", "day", "year"])),
      Variable(
        name: "measure", label: "Budget measure",
        source: .query(
          "label_values(\(Series.recorded("workspace_measure:agentusage_budget:period", inPeriod).value.text), measure)"
        )),
    ], annotations: [.spikes()],
    rows: [
      Row(
        "In the selected range", totals + [Freshness.badge(width: 8)], leadingTo: Lead.overview, Lead.agents),
      Row(
        "Budgets", SpendBudgets.panels, leadingTo: Lead.runbook("AgentUsageBudgetProjected"),
        Lead.runbook("AgentUsageBudgetBurningFast"), Lead.runbook("AgentUsageBudgetExceeded")),
      Row("Day by day", days, leadingTo: Lead.agents, Lead.reading),
      Row("On what", SpendTables.panels, leadingTo: Lead.agents, Lead.adoption),
    ])

  static let inPeriod = #"period="$period""#
  private static let agent = Entity.agent
  private static let model = Entity.model

  private static let totals: [Panel] = [
    .stat(
      "Credits",
      "Credits of agents in the selected range by provider. Credits of two providers are two currencies: they are not added up.",
      [.instant(agent.used("credits").sum(by: "provider"), "{{provider}}")]),
    .stat(
      "Cost",
      "US dollars of models in the selected range as the provider reports them, which is only for own model keys.",
      model.used("cost_usd").sum(), unit: .dollars, decimals: 2, width: 3),
    .stat(
      "Tokens", "Tokens of models of all classes in the selected range, of providers that tell them.",
      model.used("tokens", by: ["token_type"]).sum(), unit: .short, decimals: 1, width: 3),
    .stat(
      "Cached input share",
      "Share of the models' input tokens of the selected range that came from a cache, which providers charge less for.",
      cachedInput / input, unit: .share, decimals: 1, width: 3),
    .stat(
      "Cost of a request",
      "US dollars for each model request in the selected range, of models for which cost is reported.",
      [
        .instant(
          model.used("cost_usd").sum(by: "provider", "workspace")
            / requestsWithCost.sum(by: "provider", "workspace").above(0).parenthesised, "{{provider}}/{{workspace}}")
      ], unit: .dollars, decimals: 4, width: 3),
  ]

  private static func tokens(_ types: String) -> Expression {
    model.used("tokens", by: ["token_type"], where: ["token_type=~\"\(types)\""]).sum()
  }

  private static let cachedInput = tokens("cached_input")
  private static let input = tokens("input|cached_input|cache_creation_input").above(0).parenthesised

  /// Requests of models without a reported cost would make the others look cheap.
  private static let requestsWithCost = Expression(
    "\(model.used("requests").text) and on (\(model.identity.joined(separator: ", "))) \(model.used("cost_usd").text)")

  private static let days: [Panel] = [
    .lines(
      "Credits per day",
      "Credits of agents over the last 24 hours at each moment, by provider and workspace. Credits of two providers are two currencies: compare each with itself only.",
      [
        .range(
          agent.used("credits", over: .day).sum(by: "provider", "workspace"), "{{provider}}/{{workspace}}",
          step: "1h")
      ]),
    .bars(
      "Cost per day", "US dollars by model, as reported for own model keys.",
      [.daily(model.used("cost_usd", over: .day).sum(by: "model"), "{{model}}")], unit: .dollars, decimals: 2),
    .bars(
      "Tokens per day", "Tokens of models by class; the classes are disjoint.",
      [
        .daily(
          model.used("tokens", over: .day, by: ["token_type"]).sum(by: "token_type"), "{{token_type}}")
      ]),
    .lines(
      "Credits and dollars per use",
      "Credits for each message or execution, and US dollars for each message, of the agents of a workspace over the last seven days at each moment. Each in its own currency. US dollars are those of the workspace's models, with what is used through API keys.",
      [
        .range(
          agent.used("credits", over: .week).sum(by: "provider", "workspace") / weeklyUses,
          "{{provider}}/{{workspace}} credits", step: "1h"),
        .range(
          model.used("cost_usd", over: .week).sum(by: "provider", "workspace") / weeklyUses,
          "{{provider}}/{{workspace}} dollars", step: "1h"),
      ], decimals: 3),
  ]

  private static let weeklyUses = agent.uses(over: .week).sum(by: "provider", "workspace").above(0).parenthesised
}
