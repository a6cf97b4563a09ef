/// What an examination came to. The raw values are part of the JSON that people's scripts read: none is ever renamed.
package enum Verdict: String, CaseIterable, Sendable, Encodable {
  case ok

  // Worth a look.
  /// The provider's answer has a catch that no status tells.
  case notice
  case rowsRejected = "rows_rejected"
  /// The provider has not switched the table on for the workspace.
  case notEnabled = "not_enabled"
  /// No table has a single row.
  case empty
  /// More requests a minute are configured than the provider is known to let through.
  case paceAboveLimit = "pace_above_limit"

  // No connection.
  case dnsFailure = "dns_failure"
  case connectionRefused = "connection_refused"
  case unreachable
  case connectTimeout = "connect_timeout"
  case proxyFailure = "proxy_failure"
  case invalidAddress = "invalid_address"
  case connectionClosed = "connection_closed"
  case networkFailure = "network_failure"
  case timeout

  // A connection, and nothing understood.
  case tlsUntrusted = "tls_untrusted"
  case tlsExpired = "tls_expired"
  case tlsWrongHost = "tls_wrong_host"
  case tlsProtocol = "tls_protocol"
  case tlsAuthorities = "tls_authorities"
  case notHTTP = "not_http"

  // Refused.
  case wrongKey = "wrong_key"
  case missingScope = "missing_scope"
  case wrongWorkspace = "wrong_workspace"
  case wrongRegion = "wrong_region"
  case planNotAllowed = "plan_not_allowed"
  case wrongAddress = "wrong_address"
  case redirected
  case rateLimited = "rate_limited"
  case requestRefused = "request_refused"
  case providerFailure = "provider_failure"

  // Answered, but not as documented.
  case unexpectedAnswer = "unexpected_answer"
  case unreadableAnswer = "unreadable_answer"
  case answerTooLarge = "answer_too_large"

  // This side.
  case secretUnreadable = "secret_unreadable"
  case clockWrong = "clock_wrong"
  /// Another collector failed for a reason that holds for the whole workspace.
  case notAsked = "not_asked"
  case internalFailure = "internal_failure"
}

extension Verdict {
  package var severity: Severity {
    switch self {
    case .ok: .ok
    case .notice, .rowsRejected, .notEnabled, .empty, .paceAboveLimit: .warning
    default: .error
    }
  }

  /// Whether the other collectors of the workspace would only meet the same, or must not be tried after it.
  var holdsForWorkspace: Bool {
    switch self {
    case .dnsFailure, .connectionRefused, .unreachable, .connectTimeout, .proxyFailure, .invalidAddress, .tlsUntrusted,
      .tlsExpired, .tlsWrongHost, .tlsProtocol, .tlsAuthorities, .notHTTP, .wrongKey, .missingScope, .wrongWorkspace,
      .wrongRegion, .planNotAllowed, .redirected, .rateLimited, .secretUnreadable, .notAsked:
      true
    default: false
    }
  }

  /// Whether the workspace may be another region's.
  var mayBeOfAnotherRegion: Bool { self == .wrongKey || self == .wrongWorkspace }
}
