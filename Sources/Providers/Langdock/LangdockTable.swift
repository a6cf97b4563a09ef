import Usage

/// What one export table holds, by the names of its columns. Names are all that is documented; order and number vary.
struct LangdockTable: Sendable {
  /// The key in the configuration.
  let collector: String
  /// The path below `/export/`.
  let path: String
  let plan: TablePlan
  /// Whether token columns appear in workspaces with model keys of their own.
  var hasTokens = false
  /// Whether every row with messages is one user of the workspace.
  var rowsAreUsers = false

  static let all = [agents, projects, models, apiKeys, users]

  static let agents = LangdockTable(
    collector: "agents", path: "agents",
    plan: TablePlan(
      scope: .agent, id: "assistant_id", others: ["messages"],
      amounts: [.init(.messages, "messages"), .init(.conversations, "conversations")],
      users: ["active_users", "unique_users"], attributes: [("agent_name", "assistant_name")]),
    hasTokens: true)

  static let projects = LangdockTable(
    collector: "projects", path: "projects",
    plan: TablePlan(
      scope: .project, id: "project_id", others: ["messages"], amounts: [.init(.messages, "messages")],
      attributes: [("project_name", "project_name")]))

  /// Rows are by name, provider and own key; with and without own key is one model.
  static let models = LangdockTable(
    collector: "models", path: "models",
    plan: TablePlan(
      scope: .model, id: "name", qualifier: "provider", others: ["requests"],
      amounts: [.init(.requests, "requests"), .init(.costUSD, "total_cost_usd")]),
    hasTokens: true)

  static let apiKeys = LangdockTable(
    collector: "api_keys", path: "api-keys",
    plan: TablePlan(
      scope: .apiKey, id: "api_key_id", others: ["requests"],
      amounts: [.init(.requests, "requests"), .init(.costUSD, "total_cost_usd")],
      attributes: [("api_key_name", "api_key_name")]),
    hasTokens: true)

  static let users = LangdockTable(
    collector: "users", path: "users",
    plan: TablePlan(
      scope: .user, id: "user_id", others: ["messages_total"], amounts: [.init(.messages, "messages_total")]),
    rowsAreUsers: true)

  /// Whether the answers hold distinct users.
  var reportsUsers: Bool { rowsAreUsers || !plan.users.isEmpty }
}
