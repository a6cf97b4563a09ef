package import Foundation

/// What a web configuration says, in exporter-toolkit's terms.
package struct WebSettings: Sendable {
  /// Nil where the file configures no TLS.
  package var tls: TLSSettings?
  /// Whether HTTP/2 is offered; it needs TLS.
  package var http2 = true
  /// Set on every answer.
  package var headers: [ResponseHeader] = []
  /// Password hashes by user; without any, everybody may read.
  package var users: [String: PasswordHash] = [:]
  package var rateLimit: RateLimit?
  /// What is allowed but unwise, or cannot be had here as in Go, sorted by place.
  package var warnings: [Diagnostic] = []
}

package struct ResponseHeader: Sendable, Hashable {
  package let name: String
  package let value: String
}

/// A token bucket that starts full.
package struct RateLimit: Sendable, Hashable {
  /// Seconds in which one token is added; above 0.
  package let interval: TimeInterval
  /// How many tokens it holds; with 0 nothing is ever let through.
  package let burst: Int

  package init(interval: TimeInterval, burst: Int) {
    self.interval = interval
    self.burst = burst
  }
}
