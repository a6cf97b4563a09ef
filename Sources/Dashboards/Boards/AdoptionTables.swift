/// The tables of the adoption board: where and with what agents are used.
enum AdoptionTables {
  static let panels: [Panel] = [sources, projects, skills, tools]

  private static let sources = Panel.table(
    "Sources", "Messages and executions in the selected range by where they came from, as a web page or a chat.",
    [
      .label("source", "Source"), .label("provider"), .label("workspace"),
      .rows(Entity.source.having("messages", "executions")),
      .value("Messages", Entity.source.used("messages")),
      .value("Executions", Entity.source.used("executions")),
    ], sortedBy: "Messages", width: 12, height: 8)

  private static let projects = Panel.table(
    "Projects", "Messages in the selected range by project.",
    [
      .label("project_name", "Project"), .label("provider"), .label("workspace"),
      .value("Messages", Entity.project.named(Entity.project.used("messages"))),
      .label("project_id"),
    ], sortedBy: "Messages", width: 12, height: 8)

  private static let skills = Panel.table(
    "Skills", "Executions in the selected range by skill.",
    [
      .label("skill", "Skill"), .label("provider"), .label("workspace"),
      .value("Executions", Entity.skill.used("executions")),
    ], sortedBy: "Executions", width: 12, height: 8)

  private static let tools = Panel.table(
    "Tools", "Executions in the selected range by tool.",
    [
      .label("tool", "Tool"), .label("provider"), .label("workspace"),
      .value("Executions", Entity.tool.used("executions")),
    ], sortedBy: "Executions", width: 12, height: 8)

  static let users = Panel.table(
    "Users",
    "Messages and credits in the selected range by user id; names are never exported. The collectors that tell them are off by default. Credits of two providers are two currencies: compare them within a provider only.",
    [
      .label("user_id", "User"), .label("provider"), .label("workspace"),
      .value("Messages", Entity.user.used("messages")),
      .value("Credits", Entity.user.used("credits"), decimals: 1),
    ], sortedBy: "Messages", height: 8
  ).empty(means: "the collectors `users` are off, as they are by default")
}
