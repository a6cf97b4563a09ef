/// What is counted. Each measure has one unit and at most one dimension (the contract's section 5).
package enum Measure: String, CaseIterable, Sendable, Hashable {
  case messages
  case conversations
  case requests
  case calls
  case executions
  case executionFailures = "execution_failures"
  case webhookDeliveries = "webhook_deliveries"
  case webhookDeliveryFailures = "webhook_delivery_failures"
  case callSeconds = "call_seconds"
  case credits
  case tokens
  case costUSD = "cost_usd"
  case feedback

  /// A number of its own, in the order of the cases.
  package var ordinal: UInt8 {
    switch self {
    case .messages: 0
    case .conversations: 1
    case .requests: 2
    case .calls: 3
    case .executions: 4
    case .executionFailures: 5
    case .webhookDeliveries: 6
    case .webhookDeliveryFailures: 7
    case .callSeconds: 8
    case .credits: 9
    case .tokens: 10
    case .costUSD: 11
    case .feedback: 12
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(ordinal) }

  /// How many of the stored units make one of the measure.
  package enum Scale: Int64, Sendable {
    case whole = 1
    /// Exact to six decimals.
    case micro = 1_000_000
  }

  package var scale: Scale {
    switch self {
    case .credits, .costUSD: .micro
    default: .whole
    }
  }

  /// Whether the totals of days add up to that of all of them: conversations are counted distinct within each.
  package var isAdditive: Bool { self != .conversations }

  /// The label that splits this measure, if one does.
  package var dimension: String? {
    switch self {
    case .tokens: "token_type"
    case .feedback: "thumb"
    default: nil
    }
  }
}

/// The values of the label `token_type`: disjoint classes.
package enum TokenType: String, CaseIterable, Sendable {
  /// Neither read from a cache nor written to one.
  case input
  case output
  case cachedInput = "cached_input"
  case cacheCreationInput = "cache_creation_input"
}
