extension WebReader {
  private static let tlsKeys = [
    "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file", "client_allowed_sans",
    "min_version", "max_version", "cipher_suites", "prefer_server_cipher_suites", "curve_preferences",
  ]

  /// Those with which TLS is on, as exporter-toolkit decides it.
  private static let enabling = [
    "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file",
  ]

  /// - Returns: nil if TLS is off or a fault leaves nothing to speak of; and where the cipher suites were chosen.
  mutating func tls(in field: Field) -> (TLSSettings?, suites: Place?) {
    guard let fields = nodes.fields(of: field.value, "`tls_server_config`", known: Self.tlsKeys) else {
      return (nil, nil)
    }
    let certificate = pem(fields, "cert", "cert_file")
    let key = pem(fields, "key", "key_file")
    let client = clientAuthentication(fields)
    let (minimum, maximum) = versions(fields)
    let suites = suites(fields, minimum: minimum, maximum: maximum)
    let curves = words(
      fields["curve_preferences"], "curve_preferences", CurveName.allCases.map(\.rawValue),
      CurveName.init(rawValue:))
    guard Self.enabling.contains(where: { isGiven(fields[$0]) }) else {
      if !fields.isEmpty {
        warn(at: field.place, "without `cert_file` and `key_file` there is no TLS: connections are not encrypted")
      }
      return (nil, nil)
    }
    if !certificate.isGiven {
      fault(at: field.place, "`cert_file` is missing: give the path of the server's certificate, or `cert`")
    }
    if !key.isGiven {
      fault(at: field.place, "`key_file` is missing: give the path of the certificate's key, or `key`")
    }
    guard let certificate = certificate.text, let key = key.text, let client else { return (nil, nil) }
    let tls = TLSSettings(
      certificate: certificate, key: key, clientAuthentication: client.mode, clientCA: client.authority,
      allowedNames: client.names, minimum: suites.minimum, maximum: maximum, cipherSuites: suites.names,
      curves: curves)
    return (tls, suites.place)
  }

  private typealias Client = (mode: ClientAuthentication, authority: PEMText?, names: [String]?)

  private mutating func clientAuthentication(_ fields: [String: Field]) -> Client? {
    let authority = pem(fields, "client_ca", "client_ca_file")
    let names = names(fields["client_allowed_sans"])
    var mode = ClientAuthentication.none
    if let text = text(fields["client_auth_type"], "client_auth_type") {
      let known = ClientAuthentication.allCases.map(\.rawValue)
      guard let given = word(text, "client_auth_type", known, ClientAuthentication.init(name:)) else { return nil }
      mode = given
      if mode.verifies, !authority.isGiven {
        warn(
          at: text.place,
          "without `client_ca_file` every certificate of an authority that this machine trusts is accepted")
      }
    }
    if mode == .none, let place = authority.place {
      fault(at: place, "a client CA has no use without `client_auth_type`: set it to `RequireAndVerifyClientCert`")
    }
    if mode == .none, let names, !names.isEmpty, let place = fields["client_allowed_sans"]?.place {
      warn(at: place, "`client_allowed_sans` has no effect without `client_auth_type`: no client is asked for a name")
    }
    return authority.isGiven && authority.text == nil ? nil : (mode, authority.text, names)
  }

  private mutating func names(_ field: Field?) -> [String]? {
    guard let field, !field.value.isNull,
      let items = nodes.items(of: field, "client_allowed_sans", example: "[prometheus.example.org]")
    else { return nil }
    if items.isEmpty { fault(at: field.value.place, "`client_allowed_sans` is empty: name at least one, or remove it") }
    return items.compactMap { item in
      let text = rawText(item, "client_allowed_sans")
      if let text, text.value.isEmpty { fault(at: text.place, "`client_allowed_sans` must not hold an empty name") }
      return text?.value
    }
  }

  private mutating func versions(_ fields: [String: Field]) -> (TLSVersionName, TLSVersionName) {
    let known = TLSVersionName.allCases.map(\.rawValue)
    let low = text(fields["min_version"], "min_version")
    let high = text(fields["max_version"], "max_version")
    let minimum = low.flatMap { word($0, "min_version", known, TLSVersionName.init(rawValue:)) }
    let maximum = high.flatMap { word($0, "max_version", known, TLSVersionName.init(rawValue:)) }
    let range = (minimum ?? .tls12, maximum ?? .tls13)
    if range.0 > range.1, let place = high?.place {
      fault(at: place, "`max_version` is below `min_version`, which is TLS12 unless given: no client could connect")
      return (.tls12, .tls13)
    }
    return range
  }

  private typealias Suites = (names: [CipherSuiteName], minimum: TLSVersionName, place: Place?)

  private mutating func suites(
    _ fields: [String: Field], minimum: TLSVersionName, maximum: TLSVersionName
  ) -> Suites {
    let key = "prefer_server_cipher_suites"
    if boolean(fields[key], key) == true, let place = fields[key]?.place {
      warn(at: place, "`\(key)` has no effect, as in Go since 1.17: of the suites enabled, the client's order decides")
    }
    let known = CipherSuiteName.allCases.map(\.rawValue)
    let chosen = words(fields["cipher_suites"], "cipher_suites", known, CipherSuiteName.init(rawValue:))
    guard !chosen.isEmpty, let place = fields["cipher_suites"]?.place else {
      return (CipherSuiteName.beforeTLS13, minimum, nil)
    }
    let older = chosen.filter { !$0.isOfTLS13 }
    if !older.isEmpty { return (older, minimum, place) }
    // Suites of TLS 1.3 alone leave nothing to agree on with an older client.
    if maximum < .tls13 {
      fault(at: place, "`cipher_suites` has none for `max_version`: no client could connect")
    }
    return (CipherSuiteName.beforeTLS13, maximum < .tls13 ? minimum : .tls13, place)
  }
}
