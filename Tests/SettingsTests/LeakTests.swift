import Settings
import Testing
import Usage

/// Whatever is wrong with a configuration, no secret of it is seen.
@Suite struct LeakTests {
  /// All the ways in which a value may be printed.
  private static func views(_ value: some Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(Mirror(reflecting: value).children.map { "\($0)" }) \(dumped)"
  }

  /// All that a configuration shows: its faults, or what it knows of keys. Names and URLs of sound workspaces are left
  /// out, since they are shown on purpose, whatever they hold.
  static func seen(_ bytes: [UInt8]) -> String {
    do {
      let settings = try Fixture.loader(bytes).load(file: "c.yml")
      return views(settings.workspaces.map(\.secret)) + views(settings.warnings)
    } catch {
      return views(error) + views(error.diagnostics)
    }
  }

  /// Places where a secret may stand by mistake.
  static let misplaced = [
    "api_key: @M", "api_key: 'M", "api_key: \"M", "api_key: M: x", "api_key: [M", "api_key: [M]", "api_key: {M: M}",
    "api_key: *M", "api_key: !M x", "api_key: &M [x]", "api_key: !!M x", "api_key: %M", "api_key: |M\n  x",
    "api_key:\tM\n\tM",
    "api_key: M M", "api_key: ${M}", "api_key: ${M", "api_key_file: M", "M: x", "M", "? M", "api_key M: x",
    "M api_key: x",
    "name: M\n    name: M", "provider: M", "base_url: M", "base_url: https://M@host", "base_url: https://host/?M",
    "timezone: M", "timezone: Europe/M", "periods: [M]", "active_user_windows: [M]", "restate_days: M", "zero_hold: M",
    "workspace_id: M/M", "collectors: { M: {} }", "collectors: { agents: { M: 1, enabled: M, min_interval: M } }",
    "budgets: { M: 1, month: { M: 1, credits: M } }", "ca_file: M", "<<: M", "expose_phone_numbers: M",
    "api_key: M\n    M: M\n    M: M", "api_key: \"\\xM\"", "api_key: M\u{7}", "api_key: M\n---\nM: M", "  api_key: M",
    "api_key: M\n  api_key: M", "\"M\": 1\n    \"M\": 2", "requests_per_minute: M", "max_agents: M",
  ].map { $0.replacing("M", with: Fixture.marker) }

  @Test(arguments: misplaced)
  func misplacedSecret(line: String) {
    let yaml = "workspaces:\n  - \(line)\n    name: acme\n    provider: langdock\n"
    for text in [yaml, Fixture.workspace(line), Fixture.workspace(line) + "]", line] {
      let seen = Self.seen(Array(text.utf8))
      #expect(!seen.contains(Fixture.marker))
      #expect(!seen.contains("MARKER"))
    }
  }

  @Test(arguments: BadSettingsTests.all)
  func secretsOfFilesAndVariables(_ configuration: BadConfiguration) {
    #expect(!Self.seen(Array(configuration.yaml.utf8)).contains("MARKER"))
  }

  @Test func soundSettings() throws {
    let settings = try Fixture.load(GoodConfigurationTests.whole)
    #expect(!Self.views(settings).contains("MARKER"))
    #expect(!settings.redactedYAML().contains("MARKER"))
  }
}
