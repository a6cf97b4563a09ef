package import Foundation
package import Upstream

/// What to do about requests that fail: a table of rules, failures in, waits out.
package struct RetryRule: Sendable {
  package enum Verdict: Sendable, Equatable {
    case wait(until: Date)
    /// Asking again would not help, or was tried often enough.
    case giveUp
  }

  /// So many failures in a row, without a day read between them, are the end.
  package static let limit = 8

  private static let backoff = Backoff(base: 5, cap: 300)
  private var failures = 0

  package init() {}

  /// A day was read.
  package mutating func succeeded() {
    failures = 0
  }

  /// - Parameters:
  ///   - pause: until when the provider, by an earlier answer, is not to be asked.
  ///   - unit: a random number in 0..<1.
  package mutating func failed(
    _ failure: UpstreamFailure, pause: Date?, at now: Date, unit: Double
  ) -> Verdict {
    guard Self.isTransient(failure) else { return .giveUp }
    // Nothing was sent: the pause is that of a failure which was counted.
    if !failure.wasWithheld { failures += 1 }
    guard failures < Self.limit else { return .giveUp }
    let told = [failure.retryAt, pause].compactMap(\.self).max()
    return .wait(until: Self.backoff.nextAttempt(after: now, told: told, failures: failures, unit: unit))
  }

  /// Whether the same request may be answered another time. What the provider refuses as wrong stays wrong.
  private static func isTransient(_ failure: UpstreamFailure) -> Bool {
    switch failure.reason {
    case .auth: false
    case .tooLarge: false
    case .server: failure.status.map { !(300..<500).contains($0) || $0 == 408 } ?? true
    case .rateLimited, .timeout, .network, .schema, .decode: true
    }
  }
}
