/// `tls_server_config`, with the files that it names read.
package struct TLSSettings: Sendable {
  package var certificate: PEMText
  package var key: PEMText
  package var clientAuthentication: ClientAuthentication
  /// Nil where the system's certificates are to be trusted.
  package var clientCA: PEMText?
  /// Of which a client's certificate must have one; nil if any will do.
  package var allowedNames: [String]?
  package var minimum: TLSVersionName
  package var maximum: TLSVersionName
  /// For TLS 1.2 and before, never empty; those of TLS 1.3 cannot be chosen.
  package var cipherSuites: [CipherSuiteName]
  /// Empty for the library's own choice.
  package var curves: [CurveName]
}

/// Certificates or a key, as text that shows in no log.
package struct PEMText: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package let bytes: [UInt8]
  /// Of the path or of the text.
  package let place: TextPlace

  package var description: String { "<pem>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Go's `tls.ClientAuthType`.
package enum ClientAuthentication: String, Sendable, CaseIterable {
  case none = "NoClientCert"
  case request = "RequestClientCert"
  case requireAny = "RequireAnyClientCert"
  case verifyIfGiven = "VerifyClientCertIfGiven"
  case requireAndVerify = "RequireAndVerifyClientCert"

  /// - Returns: also for the older name that exporter-toolkit still takes.
  init?(name: String) {
    self.init(rawValue: name == "RequireClientCert" ? ClientAuthentication.requireAny.rawValue : name)
  }

  package var verifies: Bool { self == .verifyIfGiven || self == .requireAndVerify }
  package var requires: Bool { self == .requireAny || self == .requireAndVerify }
}

package enum TLSVersionName: String, Sendable, CaseIterable, Comparable {
  case tls10 = "TLS10"
  case tls11 = "TLS11"
  case tls12 = "TLS12"
  case tls13 = "TLS13"

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Go's `tls.CipherSuites()`; in the order of its preference for TLS 1.2 and before.
package enum CipherSuiteName: String, Sendable, CaseIterable {
  case ecdheECDSA128GCM = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
  case ecdheRSA128GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  case ecdheECDSA256GCM = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
  case ecdheRSA256GCM = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
  case ecdheECDSAChaCha = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
  case ecdheRSAChaCha = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  case ecdheECDSA128CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
  case ecdheRSA128CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
  case ecdheECDSA256CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
  case ecdheRSA256CBC = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
  case tls13With128GCM = "TLS_AES_128_GCM_SHA256"
  case tls13With256GCM = "TLS_AES_256_GCM_SHA384"
  case tls13WithChaCha = "TLS_CHACHA20_POLY1305_SHA256"

  var isOfTLS13: Bool {
    switch self {
    case .tls13With128GCM, .tls13With256GCM, .tls13WithChaCha: true
    default: false
    }
  }

  static let beforeTLS13 = allCases.filter { !$0.isOfTLS13 }

  /// One of these must be enabled for HTTP/2 over TLS 1.2 (RFC 9113, 9.2.2, as Go's server checks it).
  var servesHTTP2: Bool { self == .ecdheRSA128GCM || self == .ecdheECDSA128GCM }
}

package enum CurveName: String, Sendable, CaseIterable {
  case p256 = "CurveP256"
  case p384 = "CurveP384"
  case p521 = "CurveP521"
  case x25519 = "X25519"
  case x25519MLKEM768 = "X25519MLKEM768"
}
