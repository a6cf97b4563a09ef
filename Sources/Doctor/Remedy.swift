package import Usage

/// What an operator can do about a verdict, as a table.
package struct Remedy: Sendable, Equatable {
  /// The keys of the configuration file, the variables or the flags to look at, likeliest first.
  package let settings: [String]
  /// What the message of the failure does not say itself.
  package let advice: String?

  private init(_ settings: String..., advice: String? = nil) {
    self.settings = settings
    self.advice = advice
  }

  package static func of(_ verdict: Verdict) -> Remedy {
    switch verdict {
    case .ok, .notice, .unreachable, .clockWrong: Remedy()
    case .rowsRejected, .unexpectedAnswer:
      Remedy(
        advice: "the provider may have changed its answers: look for a newer version of the exporter, or report it")
    case .notEnabled: Remedy("collectors", advice: "until then it can be switched off with `enabled: false`")
    case .empty:
      Remedy("workspace_id", "api_key", advice: "is this the workspace that is meant, and was it used today?")
    case .paceAboveLimit: Remedy("requests_per_minute", advice: "lower requests_per_minute")
    case .dnsFailure, .connectionRefused, .invalidAddress, .tlsWrongHost, .tlsProtocol, .notHTTP, .wrongAddress,
      .redirected:
      Remedy("base_url")
    case .connectTimeout: Remedy("base_url", "HTTPS_PROXY")
    case .proxyFailure: Remedy("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
    case .connectionClosed:
      Remedy(
        "base_url",
        advice: "try again; a server of https also closes when base_url says http, and so do some proxies on the way")
    case .networkFailure: Remedy(advice: "try again; if it stays, look at what stands between here and the provider")
    case .timeout: Remedy("--timeout", advice: "try again; a provider that is only slow gets more time with --timeout")
    case .tlsUntrusted: Remedy("ca_file", "base_url")
    case .tlsExpired: Remedy()
    case .tlsAuthorities: Remedy("ca_file")
    case .wrongKey, .missingScope, .secretUnreadable: Remedy("api_key", "api_key_file")
    case .wrongWorkspace: Remedy("workspace_id", "api_key")
    case .wrongRegion: Remedy("base_url")
    case .planNotAllowed: Remedy(advice: "ask the provider for a plan that allows it")
    case .rateLimited:
      Remedy("requests_per_minute", advice: "try again later; other clients with this key count too")
    case .requestRefused: Remedy("base_url", advice: "if base_url is right, report it")
    case .providerFailure: Remedy(advice: "try again later, and look at the provider's status page")
    case .unreadableAnswer:
      Remedy("base_url", advice: "check base_url, and what stands between here and the provider; then try again")
    case .answerTooLarge: Remedy(advice: "report it")
    case .notAsked: Remedy(advice: "mend the other one first")
    case .internalFailure: Remedy(advice: "report it")
    }
  }

  /// The settings as a workspace has them that is configured by the environment.
  package static func inEnvironment(_ settings: [String], of provider: ProviderKind) -> [String] {
    let prefix = provider.rawValue.uppercased()
    return settings.compactMap { setting in
      switch setting {
      case "api_key": "\(prefix)_API_KEY"
      case "api_key_file": "\(prefix)_API_KEY_FILE"
      case "base_url": "\(prefix)_BASE_URL"
      case "workspace_id": provider == .dust || provider == .tess ? "\(prefix)_WORKSPACE_ID" : nil
      case "collectors", "requests_per_minute", "ca_file": "\(setting) (needs a configuration file)"
      default: setting
      }
    }
  }
}
