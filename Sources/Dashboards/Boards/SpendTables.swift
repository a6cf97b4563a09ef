/// The tables of the spend board: what the credits, dollars and tokens of the range went into.
enum SpendTables {
  static let panels: [Panel] = [agents, models, tools, apiKeys]

  private static let caveat =
    "Credits of two providers are two currencies: compare them within a provider only."

  private static let agents: Panel = {
    let agent = Entity.agent
    return .table(
      "Agents", "Credits and tokens of each agent in the selected range. \(caveat)",
      [
        .label("agent_name", "Agent", links: [Lead.agentOfRow]), .label("provider"), .label("workspace"),
        .value("Uses", agent.named(agent.uses())),
        .value("Credits", agent.used("credits"), decimals: 1),
        .value("Tokens", agent.used("tokens", by: ["token_type"]).aggregated("sum", agent.identity)),
        .label("agent_id"),
      ], sortedBy: "Credits", height: 10)
  }()

  private static let models: Panel = {
    let model = Entity.model
    return .table(
      "Models",
      "Credits, cost, tokens and requests or executions of each model in the selected range. Cost is in US dollars and known for own model keys only. \(caveat)",
      [
        .label("model", "Model"), .label("model_provider", "Of"), .label("provider"), .label("workspace"),
        .rows(model.having("credits", "requests", "executions", "messages")),
        .value("Credits", model.used("credits"), decimals: 1),
        .value("Cost", model.used("cost_usd"), unit: .dollars, decimals: 2),
        .value("Tokens", model.used("tokens", by: ["token_type"]).aggregated("sum", model.identity)),
        .value("Requests", model.used("requests")),
        .value("Executions", model.used("executions")),
        .value("Messages", model.used("messages")),
      ], sortedBy: "Credits", height: 10)
  }()

  private static let tools: Panel = .table(
    "Tools",
    "Credits and executions of each tool in the selected range. Dust tells the credits only where its collector `consumption` is on. \(caveat)",
    [
      .label("tool", "Tool"), .label("provider"), .label("workspace"),
      .rows(Entity.tool.having("executions", "credits")),
      .value("Executions", Entity.tool.used("executions")),
      .value("Credits", Entity.tool.used("credits"), decimals: 1),
    ], sortedBy: "Credits", width: 12, height: 8)

  private static let apiKeys: Panel = {
    let key = Entity.apiKey
    return .table(
      "API keys",
      "Requests, tokens and cost of each API key in the selected range. Cost is in US dollars and known for own model keys only.",
      [
        .label("api_key_name", "Key"), .label("provider"), .label("workspace"),
        .value("Requests", key.named(key.used("requests"))),
        .value("Tokens", key.used("tokens", by: ["token_type"]).aggregated("sum", key.identity)),
        .value("Cost", key.used("cost_usd"), unit: .dollars, decimals: 2),
        .label("api_key_id"),
      ], sortedBy: "Cost", width: 12, height: 8)
  }()
}
