import Collection
import Usage

extension StatusState {
  var label: String {
    switch self {
    case .refused: "Credential refused"
    case .failing: "Failing"
    case .rateLimited: "Rate limited"
    case .late: "Late"
    case .waiting: "Waiting for first data"
    case .catchingUp: "Catching up"
    case .notEnabled: "Not enabled"
    case .fine: "Fine"
    case .switchedOff: "Switched off"
    }
  }

  /// How many workspaces are so, as `3 failing`.
  var adjective: String {
    switch self {
    case .refused: "with a refused credential"
    default: label.lowercased()
    }
  }

  /// The name of its sign and its colour; the colour never tells anything alone.
  var sign: String {
    switch self {
    case .refused: "refused"
    case .failing: "failing"
    case .rateLimited: "paused"
    case .late: "late"
    case .waiting: "waiting"
    case .catchingUp: "catching"
    case .notEnabled, .switchedOff: "off"
    case .fine: "fine"
    }
  }
}

extension ProviderKind {
  var title: String {
    switch self {
    case .langdock: "Langdock"
    case .dust: "Dust"
    case .tess: "Tess AI"
    case .agentphone: "AgentPhone"
    }
  }
}

extension Measure {
  var title: String {
    switch self {
    case .callSeconds: "Seconds of calls"
    case .costUSD: "US dollars"
    case .executionFailures: "Failed executions"
    case .webhookDeliveries: "Webhook deliveries"
    case .webhookDeliveryFailures: "Failed webhook deliveries"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}
