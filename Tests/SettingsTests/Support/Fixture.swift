import Settings
import Usage

/// Providers, files and variables that the tests configure with.
enum Fixture {
  /// A secret that must never be seen. The dash keeps it from being the name of a variable.
  static let marker = "sk-MARKER-do-not-show"

  /// Without tess, so that it is a provider that this build does not support.
  static let providers = plainProviders.map { provider in
    var provider = provider
    provider.budgetMeasures = [.messages, .calls, .credits, .costUSD]
    return provider
  }

  private static let plainProviders = [
    ProviderDefaults(
      kind: .langdock, baseURL: "https://api.langdock.com", requestsPerMinute: 60,
      collectors: [
        .init("agents", minInterval: 1800), .init("projects", minInterval: 1800),
        .init("users", enabled: false, minInterval: 1800),
      ]),
    ProviderDefaults(
      kind: .dust, baseURL: "https://dust.tt", requestsPerMinute: 30, needsWorkspaceID: true,
      collectors: [.init("agents", minInterval: 1800), .init("feedback", minInterval: 1800)]),
    ProviderDefaults(
      kind: .agentphone, baseURL: "https://api.agentphone.ai", requestsPerMinute: 30,
      collectors: [.init("account", minInterval: 300)]),
  ]

  static let files: [String: String] = [
    "/run/key": marker + "\n",
    "/etc/exporter/secrets/key": marker,
    "/run/empty": "\n",
    "/run/two-lines": "\(marker)\n\(marker)\n",
    "/run/ca.pem": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    "/run/not-a-certificate.pem": marker,
  ]

  static let variables = [
    "KEY": marker, "EMPTY": "", "RPM": "90", "LOUD": "TRUE", "PERIOD": "week", "HOST": "eu.langdock.com",
    "SPACED": "\(marker) \(marker)",
  ]

  /// - Parameter bytes: of the configuration file, at `path`.
  static func loader(
    _ bytes: [UInt8], path: String = "c.yml", variables: [String: String] = variables,
    files: [String: String] = files
  ) -> SettingsLoader {
    SettingsLoader(providers: providers, environment: variables) { (asked, limit) throws(FileReadError) in
      if asked == "/run/folder" { throw .isDirectory }
      if asked == "/run/forbidden" { throw .notPermitted }
      let found = asked == path ? bytes : files[asked].map { Array($0.utf8) }
      guard let found else { throw .notFound }
      guard found.count <= limit else { throw .tooLarge(limit: limit) }
      return found
    }
  }

  static func load(_ yaml: String, variables: [String: String] = variables) throws(SettingsError) -> Settings {
    try loader(Array(yaml.utf8), variables: variables).load(file: "c.yml")
  }

  /// The faults of `yaml` as `line:column: message`.
  static func faults(_ bytes: [UInt8]) -> [String] {
    do {
      _ = try loader(bytes).load(file: "c.yml")
      return []
    } catch {
      return error.diagnostics.map { String($0.description.dropFirst("c.yml:".count)) }
    }
  }

  static func faults(_ yaml: String) -> [String] { faults(Array(yaml.utf8)) }

  /// A sound workspace of langdock, to which `lines` are added from line 5, column 5.
  static func workspace(_ lines: String...) -> String {
    """
    workspaces:
      - name: acme
        provider: langdock
        api_key_file: /run/key

    """ + lines.map { "    \($0)\n" }.joined()
  }
}

/// A configuration and the faults that it must have, exactly.
struct BadConfiguration: Sendable, CustomStringConvertible {
  let description: String
  let yaml: String
  let faults: [String]

  init(_ description: String, _ yaml: String, _ faults: String...) {
    self.description = description
    self.yaml = yaml
    self.faults = faults
  }
}
