import NIOCore
import NIOSSL
import Settings

/// TLS as the configuration wants it: what new connections are set up with.
struct TLSState: Sendable {
  let context: NIOSSLContext
  /// Whether a client's certificate is taken unseen.
  private let acceptsAnyCertificate: Bool
  /// Of which a client's certificate must have one; nil if any will do.
  let allowedNames: Set<String>?

  /// Seconds for a peer's farewell; less than the time in which the exporter must have stopped.
  private static let shutdownTimeout = TimeAmount.seconds(1)

  init(_ settings: TLSSettings, http2: Bool) throws(SettingsError) {
    let material = try TLSMaterial(settings)
    let mode = settings.clientAuthentication
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: material.chain.map { .certificate($0) }, privateKey: .privateKey(material.key))
    configuration.minimumTLSVersion = settings.minimum.version
    configuration.maximumTLSVersion = settings.maximum.version
    configuration.cipherSuites = settings.cipherSuites.map(\.rawValue).joined(separator: ":")
    if !settings.curves.isEmpty { configuration.curves = settings.curves.map(\.curve) }
    configuration.applicationProtocols = http2 ? ["h2", "http/1.1"] : ["http/1.1"]
    configuration.shutdownTimeout = Self.shutdownTimeout
    switch mode {
    case .none: configuration.certificateVerification = .none
    case .request, .verifyIfGiven: configuration.certificateVerification = .optionalVerification
    case .requireAny, .requireAndVerify: configuration.certificateVerification = .noHostnameVerification
    }
    configuration.trustRoots = mode.verifies && material.authorities == nil ? .default : .certificates([])
    if let authorities = material.authorities {
      configuration.trustRoots = .certificates(authorities)
      configuration.sendCANameList = true
    }
    context = try TLSMaterial.context(configuration, settings)
    acceptsAnyCertificate = mode != .none && !mode.verifies
    allowedNames = mode == .none ? nil : settings.allowedNames.map { Set($0) }
  }

  /// What encrypts one connection.
  func handler() -> NIOSSLServerHandler {
    guard acceptsAnyCertificate else { return NIOSSLServerHandler(context: context) }
    return NIOSSLServerHandler(context: context) { _, promise in promise.succeed(.certificateVerified) }
  }
}

extension TLSVersionName {
  fileprivate var version: TLSVersion {
    switch self {
    case .tls10: .tlsv1
    case .tls11: .tlsv11
    case .tls12: .tlsv12
    case .tls13: .tlsv13
    }
  }
}

extension CurveName {
  fileprivate var curve: NIOTLSCurve {
    switch self {
    case .p256: .secp256r1
    case .p384: .secp384r1
    case .p521: .secp521r1
    case .x25519: .x25519
    case .x25519MLKEM768: .x25519_MLKEM768
    }
  }
}
