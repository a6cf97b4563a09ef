package import Settings

/// What of a web configuration keeps somebody out, or something from being read.
///
/// A file that is emptied before it is written anew, or written only in part, is sound and means less of it.
package struct Protection: Sendable {
  private let tls: Encryption?
  private let hasUsers: Bool
  private let hasRateLimit: Bool
  private let headers: Set<String>

  private struct Encryption: Sendable {
    let minimum: TLSVersionName
    let suites: Set<CipherSuiteName>
    /// Empty for any.
    let curves: Set<CurveName>
    let clients: ClientAuthentication
    /// Nil for any.
    let names: Set<String>?

    init(_ settings: TLSSettings) {
      minimum = settings.minimum
      suites = Set(settings.cipherSuites)
      curves = Set(settings.curves)
      clients = settings.clientAuthentication
      names = settings.allowedNames.map { Set($0) }
    }

    func loses(to next: Encryption) -> Bool {
      next.minimum < minimum || !next.suites.isSubset(of: suites)
        || !curves.isEmpty && (next.curves.isEmpty || !next.curves.isSubset(of: curves))
        || clients.requires && !next.clients.requires || clients.verifies && !next.clients.verifies
        || names.map { names in next.names.map { !$0.isSubset(of: names) } ?? true } ?? false
    }
  }

  package init(_ settings: WebSettings) {
    tls = settings.tls.map(Encryption.init)
    hasUsers = !settings.users.isEmpty
    hasRateLimit = settings.rateLimit != nil
    headers = Set(settings.headers.map { $0.name.lowercased() })
  }

  /// Whether anything of this would be gone with the other one.
  package func loses(to next: Protection) -> Bool {
    tls.map { tls in next.tls.map(tls.loses) ?? true } ?? false || hasUsers && !next.hasUsers
      || hasRateLimit && !next.hasRateLimit || !headers.isSubset(of: next.headers)
  }
}
