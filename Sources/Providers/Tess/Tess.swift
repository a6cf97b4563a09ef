import Usage

/// Tess AI: agents run in a workspace. API facts: https://docs.tess.im/en/workspace-usage
package enum Tess {
  package static let adapter = ProviderAdapter(
    defaults: ProviderDefaults(
      kind: .tess, baseURL: "https://api.tess.im",
      // About one a second is what is known to be let through.
      requestsPerMinute: 50, evenUpTo: 60, needsWorkspaceID: true,
      collectors: [.init("executions", minInterval: 300)]),
    gives: ProviderReport(
      [
        .agent: [.executions, .executionFailures, .credits, .tokens], .model: [.executions, .credits, .tokens],
        .source: [.executions],
      ],
      activeUsers: [.agent, .workspace], attributes: [.agent: ["agent_name", "agent_type"]]),
    // About one a second, as clients of others pace themselves; Tess publishes none.
    knownLimitPerMinute: 60,
    collectors: { options in [TessExecutions(TessAPI(workspace: options.remoteWorkspace ?? ""))] })

  /// How far back missed days are asked for.
  static let history = 365
}
