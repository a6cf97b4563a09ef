import Settings

/// Web configurations at `/etc/web/web.yml`, and the files beside it.
enum WebFixture {
  static let hash = "$2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze"

  static let files = [
    "/etc/web/server.crt": "certificate", "/etc/web/server.key": Fixture.marker, "/etc/web/ca.pem": "authority",
    "/run/tls/server.crt": "another certificate",
  ]

  static func load(_ yaml: String) -> WebSettingsLoader.Outcome {
    WebSettingsLoader { (path, limit) throws(FileReadError) in
      if path == "/etc/web/folder" { throw .isDirectory }
      guard let text = path == "/etc/web/web.yml" ? yaml : files[path] else { throw .notFound }
      return Array(text.utf8)
    }.load(file: "/etc/web/web.yml")
  }

  static func settings(_ yaml: String) throws -> WebSettings { try load(yaml).result.get() }

  /// As `line:column: message`.
  static func faults(_ yaml: String) -> [String] {
    guard case .failure(let error) = load(yaml).result else { return [] }
    return error.diagnostics.map { String($0.description.dropFirst("/etc/web/web.yml:".count)) }
  }

  static func warnings(_ yaml: String) throws -> [String] {
    try settings(yaml).warnings.map { String($0.description.dropFirst("/etc/web/web.yml:".count)) }
  }

  /// A sound `tls_server_config`, to which `lines` are added from line 4, column 3.
  static func tls(_ lines: String...) -> String {
    "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n" + lines.map { "  \($0)\n" }.joined()
  }
}
