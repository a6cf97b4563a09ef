import Settings
import Testing
import Usage

@Suite struct EnvironmentTests {
  private func load(_ variables: [String: String]) throws(EnvironmentSettingsError) -> Settings {
    try Fixture.loader([], variables: variables).loadFromEnvironment()
  }

  @Test func everyKeyIsAWorkspace() throws {
    let settings = try load([
      "LANGDOCK_API_KEY": Fixture.marker + "\n", "LANGDOCK_BASE_URL": "https://langdock.acme.com/",
      "DUST_API_KEY_FILE": "/run/key", "DUST_WORKSPACE_ID": "w1", "AGENTPHONE_API_KEY": Fixture.marker,
      "TESS_API_KEY": "", "OTHER_API_KEY": "x",
    ])
    #expect(settings.workspaces.map(\.id.description) == ["langdock/default", "dust/default", "agentphone/default"])
    #expect(settings.workspaces.map(\.remoteWorkspace) == [nil, "w1", nil])
    #expect(settings.workspaces.map(\.secretFile) == [nil, "/run/key", nil])
    #expect(
      settings.workspaces.map(\.baseURL) == [
        "https://langdock.acme.com", "https://dust.tt", "https://api.agentphone.ai",
      ])
    #expect(try settings.workspaces[0].secret.read().reveal() == Fixture.marker)
    #expect(settings.workspaces[0].collectors.count == 3)
    #expect(settings.warnings.isEmpty)
  }

  @Test func nothingAtAll() {
    let error = #expect(throws: EnvironmentSettingsError.self) { try load(["DUST_API_KEY": "", "PATH": "/bin"]) }
    #expect(
      error == .nothingConfigured(variables: ["LANGDOCK_API_KEY", "DUST_API_KEY", "AGENTPHONE_API_KEY"]))
    #expect(
      error?.description
        == "no workspace is configured: give --config.file, or set LANGDOCK_API_KEY, DUST_API_KEY or AGENTPHONE_API_KEY"
        + " (each also with _FILE appended, for the path of a file that holds the key); the command `demo` needs neither"
    )
  }

  @Test func exposedKey() throws {
    let settings = try load(["LANGDOCK_API_KEY": Fixture.marker, "LANGDOCK_BASE_URL": "http://langdock.acme.com"])
    #expect(
      settings.warnings.map(\.description) == [
        "environment:1:1: LANGDOCK_BASE_URL is http to another machine, so that the key travels in clear: use https "
          + "unless the network is trusted"
      ])
  }

  static let refusedCases: [([String: String], [String])] = [
    (
      ["TESS_API_KEY": Fixture.marker],
      ["TESS_API_KEY: tess is not supported by this version; unset the variable"]
    ),
    (
      ["DUST_API_KEY": Fixture.marker, "LANGDOCK_API_KEY": "\(Fixture.marker) x"],
      [
        "DUST_WORKSPACE_ID is not set: dust needs the id of the workspace beside its key",
        "LANGDOCK_API_KEY: the key must be one line of printable ASCII without spaces",
      ]
    ),
    (
      ["DUST_API_KEY": "\n", "DUST_WORKSPACE_ID": "a/b", "DUST_BASE_URL": "dust.tt"],
      [
        "DUST_API_KEY: the key is empty", "DUST_BASE_URL must begin with https:// (or http://)",
        "DUST_WORKSPACE_ID must be the provider's id of the workspace: 1 to 128 letters, digits, `-`, `_` or `.`",
      ]
    ),
    (
      ["LANGDOCK_API_KEY_FILE": Fixture.marker],
      ["LANGDOCK_API_KEY_FILE: the file with the key cannot be read (no such file)"]
    ),
    (
      ["LANGDOCK_API_KEY_FILE": "/run/key", "LANGDOCK_API_KEY": Fixture.marker],
      ["LANGDOCK_API_KEY and LANGDOCK_API_KEY_FILE are both set: unset one of them"]
    ),
  ]

  @Test(arguments: refusedCases)
  func refused(variables: [String: String], faults: [String]) {
    let error = #expect(throws: EnvironmentSettingsError.self) { try load(variables) }
    guard case .invalid(let found) = error else {
      Issue.record("not refused")
      return
    }
    #expect(found.diagnostics.map(\.description) == faults.map { "environment:1:1: \($0)" })
  }
}
