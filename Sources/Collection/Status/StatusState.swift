/// How a collector or a workspace fares, for people. The worst comes first.
package enum StatusState: String, CaseIterable, Sendable, Hashable, Comparable {
  /// The provider refuses the credential, or what it may see.
  case refused
  /// The last attempt came to nothing.
  case failing
  /// The provider asks for fewer requests.
  case rateLimited
  /// Nothing failed, and yet the data are old: no scrape has asked, or a collection takes long.
  case late
  /// No first collection was completed yet.
  case waiting
  /// Counters take in usage older than one interval.
  case catchingUp
  /// The provider has not switched on what the collector asks for.
  case notEnabled
  case fine
  /// By the configuration.
  case switchedOff

  /// Whether somebody should look.
  package var needsAttention: Bool { self <= .late }

  package static func < (left: StatusState, right: StatusState) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// What a failure means, by its reason (the label `reason`, `ledger` or `internal`).
  static func failed(reason: String) -> StatusState {
    switch reason {
    case "auth": .refused
    case "rate_limited": .rateLimited
    default: .failing
    }
  }
}
