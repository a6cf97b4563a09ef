import Exposition
package import Foundation
import Usage

/// The requests of one workspace to its provider, counted since the exporter started.
package struct RequestTally: Sendable {
  private struct Key: Hashable, Comparable {
    let endpoint: String
    let outcome: String

    static func < (left: Key, right: Key) -> Bool {
      (left.endpoint, left.outcome) < (right.endpoint, right.outcome)
    }
  }

  private var requests: [Key: Int64] = [:]
  private var failures: [Key: Int64] = [:]
  private var durations = Histogram(bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120])
  package private(set) var rateLimit: (limit: Double?, remaining: Double?, reset: Date?)

  package init() {}

  /// - Parameter reasons: every reason a request may fail for, so that its series is there from the start.
  package mutating func announce(endpoint: String, reasons: [String]) {
    for reason in reasons { failures[Key(endpoint: endpoint, outcome: reason), default: 0] += 0 }
    requests[Key(endpoint: endpoint, outcome: "200"), default: 0] += 0
  }

  package mutating func count(endpoint: String, status: Int?, failure: String?, seconds: Double) {
    requests[Key(endpoint: endpoint, outcome: status.map(String.init) ?? "none"), default: 0] += 1
    if let failure { failures[Key(endpoint: endpoint, outcome: failure), default: 0] += 1 }
    durations.observe(seconds)
  }

  package mutating func note(limit: Double?, remaining: Double?, reset: Date?) {
    rateLimit = (limit, remaining, reset)
  }

  func render(into builder: inout PieceBuilder, _ identity: LabelSet) {
    for (key, count) in requests.sorted(by: { $0.key < $1.key }) {
      builder.add(
        APIMetrics.requests,
        identity.adding(Label("endpoint", key.endpoint)).adding(Label("code", key.outcome)), .integer(count))
    }
    for (key, count) in failures.sorted(by: { $0.key < $1.key }) {
      builder.add(
        APIMetrics.failures,
        identity.adding(Label("endpoint", key.endpoint)).adding(Label("reason", key.outcome)), .integer(count))
    }
    builder.add(APIMetrics.duration, identity, durations)
    if let limit = rateLimit.limit { builder.add(APIMetrics.limit, identity, .real(limit)) }
    if let remaining = rateLimit.remaining { builder.add(APIMetrics.remaining, identity, .real(remaining)) }
    if let reset = rateLimit.reset { builder.add(APIMetrics.reset, identity, .real(reset.timeIntervalSince1970)) }
  }
}
