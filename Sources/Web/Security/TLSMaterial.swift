import NIOSSL
import Settings

/// Certificates and keys, parsed. The library's own errors are not passed on: they may quote what they were given.
struct TLSMaterial {
  let chain: [NIOSSLCertificate]
  let key: NIOSSLPrivateKey
  /// Nil without a client CA.
  let authorities: [NIOSSLCertificate]?

  init(_ settings: TLSSettings) throws(SettingsError) {
    let chain = Self.certificates(settings.certificate)
    let key = try? NIOSSLPrivateKey(bytes: settings.key.bytes, format: .pem)
    let authorities = settings.clientCA.map { Self.certificates($0) }
    var faults: [Diagnostic] = []
    if chain == nil {
      faults.append(settings.certificate.place.diagnostic("the server's certificate holds no certificate in PEM form"))
    }
    if key == nil {
      faults.append(
        settings.key.place.diagnostic("the server's key holds no private key in PEM form without a passphrase"))
    }
    if let place = settings.clientCA?.place, authorities == .some(nil) {
      faults.append(place.diagnostic("the client CA holds no certificate in PEM form"))
    }
    if let place = settings.clientCA?.place, let authorities = authorities ?? nil,
      settings.clientAuthentication.verifies, !authorities.contains(where: { $0.subjectName == $0.issuerName })
    {
      // Go trusts an intermediate authority by itself; the library here verifies up to a root.
      faults.append(
        place.diagnostic(
          "the client CA holds no root, so that no client could be verified: add the root that issued it"))
    }
    guard let chain, let key, faults.isEmpty else { throw SettingsError(diagnostics: faults.sorted()) }
    self.chain = chain
    self.key = key
    self.authorities = authorities ?? nil
  }

  private static func certificates(_ pem: PEMText) -> [NIOSSLCertificate]? {
    try? NIOSSLCertificate.fromPEMBytes(pem.bytes)
  }

  /// A context, in the making of which the library sees whether certificate and key are a pair.
  static func context(
    _ configuration: TLSConfiguration, _ settings: TLSSettings
  ) throws(SettingsError) -> NIOSSLContext {
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      // Without trust roots and client authentication nothing is left but the pair and the curves.
      var plain = configuration
      plain.certificateVerification = .none
      let pairs = (try? NIOSSLContext(configuration: plain)) != nil
      let fault =
        pairs
        ? settings.certificate.place.diagnostic(
          "the certificates that this machine trusts cannot be read: give a client CA")
        : settings.key.place.diagnostic("the key does not belong to the server's certificate")
      throw SettingsError(diagnostics: [fault])
    }
  }
}
