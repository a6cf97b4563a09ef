import Usage

/// Dust: agents of a company's workspace. API facts: https://docs.dust.tt/reference/workspace-analytics
package enum Dust {
  package static let adapter = ProviderAdapter(
    defaults: ProviderDefaults(
      kind: .dust, baseURL: "https://dust.tt", requestsPerMinute: 30, needsWorkspaceID: true,
      collectors: [
        .init("usage_metrics", minInterval: interval), .init("active_users", minInterval: interval),
        .init("agents", minInterval: interval), .init("sources", minInterval: interval),
        .init("skills", minInterval: interval), .init("tools", minInterval: interval),
        .init("feedback", minInterval: interval), .init("users", enabled: false, minInterval: interval),
        .init("messages", enabled: false, minInterval: interval),
        .init("consumption", enabled: false, minInterval: interval),
        .init("workspace_usage", enabled: false, minInterval: interval),
      ]),
    gives: ProviderReport(
      [
        .agent: [.messages, .conversations, .credits, .feedback], .model: [.messages, .credits], .source: [.messages],
        .skill: [.executions], .tool: [.executions, .credits], .user: [.messages, .credits],
        .workspace: [.messages, .conversations],
      ],
      activeUsers: [.agent, .workspace], attributes: [.agent: ["agent_name", "visibility"]]),
    preference: [
      // `agents` rounds credits to whole ones; the consumption export has them exactly.
      SeriesFamily(.agent, .credits): ["consumption", "agents"],
      SeriesFamily(.agent, .messages): ["agents", "messages", "workspace_usage"],
    ],
    regions: ["https://dust.tt", "https://eu.dust.tt"],
    collectors: { options in
      let api = DustAPI(workspace: options.remoteWorkspace ?? "")
      return [
        DustDaily(api, .usageMetrics), DustActiveUsers(api), DustWindows(api, .agents), DustDaily(api, .sources),
        DustDaily(api, .skills), DustDaily(api, .tools), DustFeedback(api), DustWindows(api, .users),
        DustMessages(api), DustConsumption(api), DustWorkspaceUsage(api),
      ]
    })

  /// Every export is an entry in the customer's audit log.
  private static let interval: Double = 1800

  /// How far back missed days are asked for; no limit of Dust's own is known.
  static let history = 365
}
