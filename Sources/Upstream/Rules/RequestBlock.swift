package import Foundation

/// A time in which a workspace's provider is not asked at all, because it said so.
package struct RequestBlock: Sendable, Hashable {
  package let until: Date
  package let reason: UpstreamFailure.Reason
  /// When the provider said so.
  package let since: Date

  /// How long a refused credential rests, unless its secret changes.
  package static let refusalPause: TimeInterval = 15 * 60

  package init(until: Date, reason: UpstreamFailure.Reason, since: Date = .distantPast) {
    self.until = until
    self.reason = reason
    self.since = since
  }

  /// Whether nothing is asked at `now`. A pause that a clock running ahead has begun is over when the clock is set right.
  package func isInForce(at now: Date) -> Bool {
    until > now && since <= now.addingTimeInterval(Backoff().cap)
  }

  /// What a failure forbids, if anything.
  ///
  /// - Parameters:
  ///   - refusals: how often in a row the provider has asked for fewer requests, this time included.
  ///   - unit: a random number in 0..<1, for a 429 that does not say when to come back.
  package static func after(_ failure: UpstreamFailure, at now: Date, refusals: Int, unit: Double) -> RequestBlock? {
    switch failure.reason {
    case .auth:
      RequestBlock(until: now.addingTimeInterval(refusalPause), reason: .auth, since: now)
    case .rateLimited:
      RequestBlock(
        until: Backoff().nextAttempt(after: now, told: failure.retryAt, failures: refusals, unit: unit),
        reason: .rateLimited, since: now)
    default:
      failure.retryAt.map { RequestBlock(until: $0, reason: failure.reason, since: now) }
    }
  }

  /// The failure that a request meets while this lasts.
  var withheld: UpstreamFailure {
    var failure = UpstreamFailure(
      reason,
      reason == .auth
        ? "the credential was refused a moment ago; nothing is asked until it changes or 15 minutes have passed"
        : "the provider asked for a pause; nothing is asked until it is over", retryAt: until)
    failure.wasWithheld = true
    return failure
  }
}
