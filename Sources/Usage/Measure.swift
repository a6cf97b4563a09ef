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
