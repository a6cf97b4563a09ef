package import Upstream

extension Verdict {
  /// What a failed request means.
  package init(_ failure: UpstreamFailure) {
    if failure.wasWithheld {
      self = .notAsked
    } else if let cause = failure.cause {
      self.init(cause)
    } else {
      self.init(failure.reason, status: failure.status)
    }
  }

  private init(_ cause: UpstreamFailure.Cause) {
    switch cause {
    case .dns: self = .dnsFailure
    case .refused: self = .connectionRefused
    case .unreachable: self = .unreachable
    case .connectTimeout: self = .connectTimeout
    case .proxy: self = .proxyFailure
    case .badAddress: self = .invalidAddress
    case .tlsUntrusted: self = .tlsUntrusted
    case .tlsExpired: self = .tlsExpired
    case .tlsName: self = .tlsWrongHost
    case .tlsProtocol: self = .tlsProtocol
    case .tlsAuthorities: self = .tlsAuthorities
    case .notHTTP: self = .notHTTP
    case .closed: self = .connectionClosed
    case .credential: self = .wrongKey
    case .scope: self = .missingScope
    case .workspace: self = .wrongWorkspace
    case .region: self = .wrongRegion
    case .plan: self = .planNotAllowed
    case .address: self = .wrongAddress
    case .redirect: self = .redirected
    }
  }

  private init(_ reason: UpstreamFailure.Reason, status: Int?) {
    switch reason {
    case .auth: self = status == 403 ? .missingScope : .wrongKey
    case .rateLimited: self = .rateLimited
    case .timeout: self = .timeout
    case .network: self = .networkFailure
    case .server: self = (400..<500).contains(status ?? 0) ? .requestRefused : .providerFailure
    case .tooLarge: self = .answerTooLarge
    case .schema: self = .unexpectedAnswer
    case .decode: self = .unreadableAnswer
    }
  }
}
