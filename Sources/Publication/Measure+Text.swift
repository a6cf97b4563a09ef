import Usage

extension Measure {
  /// The OpenMetrics unit, where the name ends in one.
  var unit: String? {
    switch self {
    case .callSeconds: "seconds"
    case .costUSD: "usd"
    case .credits: "credits"
    default: nil
    }
  }

  var noun: String {
    switch self {
    case .messages: "Messages"
    case .conversations: "Conversations"
    case .requests: "Requests"
    case .calls: "Calls"
    case .executions: "Executions, failed ones included,"
    case .executionFailures: "Failed executions"
    case .webhookDeliveries: "Webhook deliveries, failed ones included,"
    case .webhookDeliveryFailures: "Failed webhook deliveries"
    case .callSeconds: "Seconds of calls"
    case .credits: "Credits of the platform"
    case .tokens: "Tokens, in disjoint classes,"
    case .costUSD: "Cost in US dollars, as reported for own model keys,"
    case .feedback: "Feedback"
    }
  }

  /// What a user of the number must know.
  var caution: String {
    switch self {
    case .conversations: "A conversation counts once for each day on which it goes on."
    case .calls: "AgentPhone tells completed ones only by agent, and all of them by number and workspace."
    default: ""
    }
  }
}

extension Scope {
  var noun: String {
    switch self {
    case .agent: "an agent"
    case .project: "a project"
    case .model: "a model"
    case .source: "a source"
    case .skill: "a skill"
    case .tool: "a tool"
    case .apiKey: "an API key"
    case .phoneNumber: "a phone number"
    case .user: "a user"
    case .workspace: "the workspace, as the provider itself reports it"
    }
  }
}
