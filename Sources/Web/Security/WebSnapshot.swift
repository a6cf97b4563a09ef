import HTTPTypes
import Settings

/// A web configuration ready to be enforced, the same for all that a connection or a request asks of it.
struct WebSnapshot: Sendable {
  /// Nil without TLS.
  let tls: TLSState?
  let headers: [(name: HTTPField.Name, value: String)]
  let users: [String: PasswordHash]
  let rateLimit: RateLimit?

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
  }

  /// What protects connections or requests now and would not any more, in words; nil if nothing is taken away.
  ///
  /// A file that is cut off in the middle, or emptied before it is written anew, is sound and means just that.
  func protectionLost(in next: WebSnapshot) -> String? {
    if tls != nil, next.tls == nil { return "TLS" }
    if tls?.requiresCertificate == true, next.tls?.requiresCertificate != true { return "the clients' certificates" }
    if tls?.allowedNames != nil, next.tls?.allowedNames == nil { return "the names that clients must have" }
    return !users.isEmpty && next.users.isEmpty ? "the passwords" : nil
  }
}
