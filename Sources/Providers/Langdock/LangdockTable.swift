import Usage

/// What one export table holds, by the names of its columns. Names are all that is documented; order and number vary.
struct LangdockTable: Sendable {
  /// The key in the configuration.
  let collector: String
  /// The path below `/export/`.
  let path: String
  let scope: Scope
  let id: String
  var qualifier: String?
  /// Columns without which the answer is refused, beside ``id``.
  let required: [String]
  let measures: [(measure: Measure, column: String)]
  /// Whether token columns appear in workspaces with model keys of their own.
  var hasTokens = false
  /// The first of these that is there holds the distinct users of a row.
  var users: [String] = []
  /// Whether every row with messages is one user of the workspace.
  var rowsAreUsers = false
  var attributes: [(label: String, column: String)] = []

  static let all = [agents, projects, models, apiKeys, users]

  static let agents = LangdockTable(
    collector: "agents", path: "agents", scope: .agent, id: "assistant_id", required: ["messages"],
    measures: [(.messages, "messages"), (.conversations, "conversations")], hasTokens: true,
    users: ["active_users", "unique_users"], attributes: [("agent_name", "assistant_name")])

  static let projects = LangdockTable(
    collector: "projects", path: "projects", scope: .project, id: "project_id", required: ["messages"],
    measures: [(.messages, "messages")], attributes: [("project_name", "project_name")])

  /// Rows are by name, provider and own key; with and without own key is one model.
  static let models = LangdockTable(
    collector: "models", path: "models", scope: .model, id: "name", qualifier: "provider", required: ["requests"],
    measures: [(.requests, "requests"), (.costUSD, "total_cost_usd")], hasTokens: true)

  static let apiKeys = LangdockTable(
    collector: "api_keys", path: "api-keys", scope: .apiKey, id: "api_key_id", required: ["requests"],
    measures: [(.requests, "requests"), (.costUSD, "total_cost_usd")], hasTokens: true,
    attributes: [("api_key_name", "api_key_name")])

  static let users = LangdockTable(
    collector: "users", path: "users", scope: .user, id: "user_id", required: ["messages_total"],
    measures: [(.messages, "messages_total")], rowsAreUsers: true)

  /// Whether the answers hold distinct users.
  var reportsUsers: Bool { rowsAreUsers || !users.isEmpty }
}
