import Doctor
import Foundation
import Testing
import Upstream
import Usage

/// The rules by which failures become verdicts, as tables.
@Suite struct VerdictTests {
  /// Scripts read these: a name that is gone or another is a new version of the JSON.
  @Test func namesAreStable() {
    #expect(
      Verdict.allCases.map(\.rawValue) == [
        "ok", "notice", "rows_rejected", "not_enabled", "empty", "pace_above_limit", "dns_failure",
        "connection_refused", "unreachable", "connect_timeout", "proxy_failure", "invalid_address",
        "connection_closed", "network_failure", "timeout", "tls_untrusted", "tls_expired", "tls_wrong_host",
        "tls_protocol", "tls_authorities", "not_http", "wrong_key", "missing_scope", "wrong_workspace", "wrong_region",
        "plan_not_allowed", "wrong_address", "redirected", "rate_limited", "request_refused", "provider_failure",
        "unexpected_answer", "unreadable_answer", "answer_too_large", "secret_unreadable", "clock_wrong", "not_asked",
        "internal_failure",
      ])
  }

  private static let causes: [(UpstreamFailure.Cause, Verdict, names: String?)] = [
    (.dns, .dnsFailure, "base_url"), (.refused, .connectionRefused, "base_url"), (.unreachable, .unreachable, nil),
    (.connectTimeout, .connectTimeout, "base_url"), (.proxy, .proxyFailure, "HTTPS_PROXY"),
    (.badAddress, .invalidAddress, "base_url"), (.tlsUntrusted, .tlsUntrusted, "ca_file"),
    (.tlsExpired, .tlsExpired, nil), (.tlsName, .tlsWrongHost, "base_url"), (.tlsProtocol, .tlsProtocol, "base_url"),
    (.tlsAuthorities, .tlsAuthorities, "ca_file"), (.notHTTP, .notHTTP, "base_url"),
    (.closed, .connectionClosed, "base_url"), (.credential, .wrongKey, "api_key"), (.scope, .missingScope, "api_key"),
    (.workspace, .wrongWorkspace, "workspace_id"), (.region, .wrongRegion, "base_url"), (.plan, .planNotAllowed, nil),
    (.address, .wrongAddress, "base_url"), (.redirect, .redirected, "base_url"),
  ]

  /// Each cause is a verdict of its own, and names the setting that is to be changed first.
  @Test func everyCauseHasItsVerdict() {
    for (cause, verdict, setting) in Self.causes {
      let found = Verdict(UpstreamFailure(.network, "", cause: cause))
      #expect(found == verdict, "\(cause)")
      #expect(Remedy.of(found).settings.first == setting, "\(cause)")
      #expect(found.severity == .error)
    }
    #expect(Set(Self.causes.map(\.0)) == Set(UpstreamFailure.Cause.allCases))
    #expect(Set(Self.causes.map(\.1)).count == Self.causes.count)
  }

  private static let reasons: [(UpstreamFailure.Reason, Int?, Verdict)] = [
    (.auth, 401, .wrongKey), (.auth, 403, .missingScope), (.rateLimited, 429, .rateLimited), (.timeout, nil, .timeout),
    (.network, nil, .networkFailure), (.server, 400, .requestRefused), (.server, 500, .providerFailure),
    (.server, nil, .providerFailure), (.tooLarge, 200, .answerTooLarge), (.schema, 200, .unexpectedAnswer),
    (.decode, 200, .unreadableAnswer),
  ]

  @Test func aFailureWithoutACauseGoesByItsReason() {
    for (reason, status, verdict) in Self.reasons {
      #expect(Verdict(UpstreamFailure(reason, "", status: status)) == verdict, "\(reason)")
    }
    #expect(Set(Self.reasons.map(\.0)) == Set(UpstreamFailure.Reason.allCases))
  }

  @Test func whatWasNeverSentWasNotAsked() {
    var failure = UpstreamFailure(.auth, "", status: 401, cause: .credential)
    failure.wasWithheld = true
    #expect(Verdict(failure) == .notAsked)
  }

  @Test func warningsAreFew() {
    #expect(
      Verdict.allCases.filter { $0.severity == .warning } == [
        .notice, .rowsRejected, .notEnabled, .empty, .paceAboveLimit,
      ])
    #expect(Verdict.allCases.filter { $0.severity == .ok } == [.ok])
  }

  /// In a workspace without a file the names are those of the variables.
  @Test func settingsOfTheEnvironment() {
    #expect(
      Remedy.inEnvironment(["base_url", "workspace_id", "--timeout"], of: .dust) == [
        "DUST_BASE_URL", "DUST_WORKSPACE_ID", "--timeout",
      ])
    #expect(
      Remedy.inEnvironment(["workspace_id", "api_key", "api_key_file"], of: .langdock) == [
        "LANGDOCK_API_KEY", "LANGDOCK_API_KEY_FILE",
      ])
    #expect(Remedy.inEnvironment(["ca_file"], of: .tess) == ["ca_file (needs a configuration file)"])
  }
}
