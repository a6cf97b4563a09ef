import Usage

/// Langdock: agents and chats of a company's workspace. API facts:
/// https://docs.langdock.com/en/developer/usage-export-api/intro-to-usage-export-api
package enum Langdock {
  package static let adapter = ProviderAdapter(
    defaults: ProviderDefaults(
      kind: .langdock, baseURL: "https://api.langdock.com", requestsPerMinute: 60,
      collectors: [
        .init("agents", minInterval: 1800), .init("projects", minInterval: 1800), .init("models", minInterval: 1800),
        .init("api_keys", minInterval: 1800), .init("users", enabled: false, minInterval: 1800),
      ]),
    gives: ProviderReport(
      [
        .agent: [.messages, .conversations, .tokens], .project: [.messages], .model: [.requests, .tokens, .costUSD],
        .apiKey: [.requests, .tokens, .costUSD], .user: [.messages],
      ],
      activeUsers: [.agent, .workspace],
      attributes: [.agent: ["agent_name"], .project: ["project_name"], .apiKey: ["api_key_name"]]),
    // "500 requests per minute", in the introduction of the export API.
    knownLimitPerMinute: 500,
    collectors: { _ in LangdockTable.all.map(LangdockCollector.init) })

  /// Exports reach 12 months back.
  static let history = 365
}
