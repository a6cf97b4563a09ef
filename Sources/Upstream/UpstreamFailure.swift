package import Foundation

/// Why a request, or the answer to it, came to nothing.
///
/// The message is for the operator: it says what to do, and holds nothing that the provider or the configuration said.
package struct UpstreamFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The values of the label `reason` of `agentusage_api_request_failures_total`.
  package enum Reason: String, CaseIterable, Sendable {
    /// The credential was refused (401, 403).
    case auth
    case rateLimited = "rate_limited"
    case timeout
    /// No connection, or it broke.
    case network
    /// Any other status that is not success.
    case server
    /// More than the exporter or the provider is willing to handle.
    case tooLarge = "too_large"
    /// Well-formed, but not what the provider's documentation promises.
    case schema
    /// Not well-formed, or cut off.
    case decode
  }

  package let reason: Reason
  package let message: String
  /// What exactly is wrong, where it is known.
  package let cause: Cause?
  package var status: Int?
  /// When the provider allows the next request, if it said so.
  package var retryAt: Date?
  /// Whether the request was never sent, because an earlier answer forbids it until ``retryAt``.
  package var wasWithheld = false

  package init(
    _ reason: Reason, _ message: String, status: Int? = nil, retryAt: Date? = nil, cause: Cause? = nil
  ) {
    self.reason = reason
    self.message = message
    self.cause = cause
    self.status = status
    self.retryAt = retryAt
  }

  package var description: String {
    status.map { "\(reason.rawValue) (HTTP \($0)): \(message)" } ?? "\(reason.rawValue): \(message)"
  }
}

extension UpstreamFailure {
  /// What the status of an answer means that no provider gives a meaning of its own.
  package static func status(_ response: APIResponse) -> UpstreamFailure { status(response.head, at: response.at) }

  /// - Parameter now: when the head was there.
  package static func status(_ head: WireHead, at now: Date) -> UpstreamFailure {
    let retryAt = head.first("retry-after").flatMap { RetryAfter.parse($0, at: now) }
    switch head.status {
    case 401:
      return UpstreamFailure(
        .auth, "the provider refused the credential: check the key, and that it has not expired", status: 401,
        cause: .credential)
    case 403:
      return UpstreamFailure(
        .auth, "the credential is known but may not read usage: give the key the scope that the README names",
        status: 403, cause: .scope)
    case 407:
      return UpstreamFailure(
        .server, "the proxy wants a credential: check HTTP_PROXY, HTTPS_PROXY and NO_PROXY", status: 407, cause: .proxy)
    case 429:
      return UpstreamFailure(
        .rateLimited, "the provider asks for fewer requests: raise min_interval or lower requests_per_minute",
        status: 429, retryAt: retryAt)
    case 404:
      return UpstreamFailure(
        .server, "the provider does not know this address: check base_url and workspace_id", status: 404,
        cause: .address)
    case 300..<400:
      return UpstreamFailure(
        .server, "the provider redirects to where a credential must not follow: check base_url", status: head.status,
        cause: .redirect)
    case 400..<500:
      return UpstreamFailure(.server, "the provider refused the request", status: head.status, retryAt: retryAt)
    default:
      return UpstreamFailure(
        .server, "the provider is in trouble; it is asked again later", status: head.status, retryAt: retryAt)
    }
  }

  /// The same failure, in words that know the provider.
  ///
  /// - Parameter cause: if the provider's words tell another one than its status does.
  package func saying(_ message: String, cause: Cause? = nil) -> UpstreamFailure {
    var failure = UpstreamFailure(reason, message, status: status, retryAt: retryAt, cause: cause ?? self.cause)
    failure.wasWithheld = wasWithheld
    return failure
  }

  /// Whether another request may be answered all the same: nobody refused or asked for a pause, and the provider was there.
  package var mayBeOfOneAnswer: Bool {
    guard !wasWithheld, retryAt == nil else { return false }
    switch reason {
    case .auth, .rateLimited: return false
    case .network: return cause == .closed
    case .timeout, .server, .tooLarge, .schema, .decode: return cause == nil
    }
  }

  package static func decode(_ message: String) -> UpstreamFailure { UpstreamFailure(.decode, message) }
  package static func schema(_ message: String) -> UpstreamFailure { UpstreamFailure(.schema, message) }
}
