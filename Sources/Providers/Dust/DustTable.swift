import Usage

/// A table of `analytics/export` and what its columns mean.
struct DustTable: Sendable {
  /// The key in the configuration.
  let collector: String
  /// The value of the parameter `table`.
  let name: String
  let plan: TablePlan

  var export: DustAPI.Export<WindowHarvest> {
    DustAPI.Export(columns: plan.columns, required: plan.required) { WindowHarvest(plan, guarded: $0) }
  }

  // MARK: One row for each entity in the window

  /// Agents without usage are rows too; archived and draft ones are not, so their usage is missing.
  static let agents = DustTable(
    collector: "agents", name: "agents",
    plan: TablePlan(
      // The table began without ids; names instead would be other agents, and their usage new.
      scope: .agent, id: "agentId", others: ["messages"],
      amounts: [
        .init(.messages, "messages"), .init(.conversations, "distinctConversations"), .init(.credits, "credits"),
      ],
      users: ["distinctUsersReached"], attributes: [("agent_name", "name"), ("visibility", "settings")]))

  /// A row for each membership: somebody who left and came back has two, both with all of the usage. Without `userId` the
  /// table would have to be read by e-mail address, which must not become a label.
  static let users = DustTable(
    collector: "users", name: "users",
    plan: TablePlan(
      scope: .user, id: "userId", others: ["messageCount"],
      amounts: [.init(.messages, "messageCount"), .init(.credits, "credits")], rowsRepeat: true))

  // MARK: One row for each entity and day

  static let usageMetrics = DustTable(
    collector: "usage_metrics", name: "usage_metrics",
    plan: TablePlan(
      scope: .workspace, id: nil, others: ["date", "messages"],
      amounts: [.init(.messages, "messages"), .init(.conversations, "conversations")], users: ["activeUsers"]))

  static let sources = DustTable(
    collector: "sources", name: "source",
    plan: TablePlan(
      scope: .source, id: "source", others: ["date", "messageCount"],
      amounts: [.init(.messages, "messageCount")]))

  /// By name: two skills of one name are one.
  static let skills = DustTable(
    collector: "skills", name: "skill_usage",
    plan: TablePlan(
      scope: .skill, id: "skillName", others: ["date", "executions"],
      amounts: [.init(.executions, "executions")]))

  static let tools = DustTable(
    collector: "tools", name: "tool_usage",
    plan: TablePlan(
      scope: .tool, id: "toolName", others: ["date", "executions"],
      amounts: [.init(.executions, "executions")]))
}
