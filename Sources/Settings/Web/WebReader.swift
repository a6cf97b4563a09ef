/// Reads the tree of a web configuration. Every method reports what is wrong and returns nil for it, and goes on.
struct WebReader {
  typealias Field = SettingsReader.Field

  let file: String
  let readFile: FileReader
  /// The folder of the configuration file, ending with a slash, or empty.
  let folder: String
  /// Finds keys and reports faults.
  var nodes: SettingsReader
  /// The files named so far.
  var files: [String] = []

  init(file: String, readFile: @escaping FileReader, report: Report) {
    self.file = file
    self.readFile = readFile
    folder = Paths.folder(of: file)
    nodes = SettingsReader(providers: [], environment: [:], readFile: readFile, folder: folder, report: report)
  }

  private static let keys = ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]

  /// - Returns: worth having only if nothing was reported.
  mutating func settings(in root: YAMLNode) -> WebSettings {
    var settings = WebSettings()
    guard let fields = nodes.fields(of: root, "the web configuration", known: Self.keys) else { return settings }
    var suites: Place?
    if let field = fields["http_server_config"] { http(in: field, &settings) }
    if let field = fields["tls_server_config"] { (settings.tls, suites) = tls(in: field) }
    if let field = fields["basic_auth_users"] { settings.users = users(in: field) }
    if let field = fields["rate_limit"] { settings.rateLimit = rateLimit(in: field) }
    if let tls = settings.tls, let suites { checkHTTP2(settings.http2, tls, suites) }
    return settings
  }

  /// Go's server does not start without: a client that takes HTTP/2 may have no other suite.
  private mutating func checkHTTP2(_ isOffered: Bool, _ tls: TLSSettings, _ place: Place) {
    guard isOffered, tls.minimum < .tls13, !tls.cipherSuites.contains(where: \.servesHTTP2) else { return }
    let needed = CipherSuiteName.beforeTLS13.filter(\.servesHTTP2).map(\.rawValue)
    fault(
      at: place,
      "`cipher_suites` needs \(English.list(English.quoted(needed), "or")) for HTTP/2: add one, or set `http2: false`")
  }

  mutating func fault(at place: Place, _ message: String) { nodes.report.fault(at: place, message) }
  mutating func warn(at place: Place, _ message: String) { nodes.report.warn(at: place, message) }
}
