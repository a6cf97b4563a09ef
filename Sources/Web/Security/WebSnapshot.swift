import HTTPTypes
import Settings

/// A web configuration ready to be enforced, the same for all that a connection or a request asks of it.
struct WebSnapshot: Sendable {
  /// Nil without TLS.
  let tls: TLSState?
  let headers: [(name: HTTPField.Name, value: String)]
  let users: [String: PasswordHash]
  let rateLimit: RateLimit?
  let protection: Protection

  /// - Throws: every fault of certificates and keys, at the places that named them.
  init(_ settings: WebSettings) throws(SettingsError) {
    if let tls = settings.tls {
      self.tls = try TLSState(tls, http2: settings.http2)
    } else {
      tls = nil
    }
    headers = settings.headers.compactMap { header in
      HTTPField.Name(header.name).map { ($0, header.value) }
    }
    users = settings.users
    rateLimit = settings.rateLimit
    protection = Protection(settings)
  }
}
