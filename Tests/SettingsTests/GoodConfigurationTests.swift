import Foundation
import Settings
import Testing
import Usage

@Suite struct GoodConfigurationTests {
  @Test func defaults() throws {
    let settings = try Fixture.load(Fixture.workspace())
    #expect(settings.warnings.isEmpty)
    let workspace = try #require(settings.workspaces.first)
    #expect(workspace.id == WorkspaceID(.langdock, "acme"))
    #expect(workspace.secret == .file(path: "/run/key"))
    #expect(workspace.secretFile == "/run/key")
    #expect(workspace.remoteWorkspace == nil)
    #expect(workspace.baseURL == "https://api.langdock.com")
    #expect(workspace.requestsPerMinute == 60)
    #expect(workspace.calendar == .utc)
    #expect(workspace.periods == [.day, .month])
    #expect(workspace.activeUserWindows.map(\.days) == [1, 7, 30])
    #expect(workspace.restateDays == 3)
    #expect(workspace.restateInterval == 21_600)
    #expect(workspace.zeroHold == 120)
    #expect(workspace.maxStaleness == 86_400)
    #expect(workspace.maxAgents == 2000)
    #expect(workspace.collectors.map(\.name) == ["agents", "projects", "users"])
    #expect(workspace.collectors.map(\.enabled) == [true, true, false])
    #expect(workspace.collectors.map(\.minInterval) == [1800, 1800, 1800])
    #expect(workspace.budgets.isEmpty)
    #expect(workspace.caFile == nil)
    #expect(!workspace.exposePhoneNumbers)
  }

  static let whole = """
    %YAML 1.1
    ---
    defaults:
      timezone: Europe/Berlin
      periods: [year, day]
      active_user_windows: [28d, 1d]
      restate_days: 0
      restate_interval: 1h30m
      zero_hold: 0s
      max_agents: 10
      max_staleness: 1w
      requests_per_minute: 20
      budgets: { day: { calls: 7 } }
      ca_file: /run/ca.pem
    workspaces:
      - name: "ac*me? \\u00fc"
        provider: langdock
        api_key: ${KEY}
        base_url: https://${HOST}/
        requests_per_minute: ${RPM}
        collectors:
          users: { enabled: true, min_interval: 1s }
          agents: { enabled: no }
        budgets:
          month: { credits: 50000.25, messages: 200000 }
          week: { cost_usd: 10 }
      - name: ac*me
        provider: dust
        api_key_file: /run/key
        workspace_id: abc_123
        periods: []
        budgets: {}
      - name: phones
        provider: agentphone
        api_key_file: /run/key
        expose_phone_numbers: ${LOUD}
        collectors: # none changed
    """.replacing("enabled: no }", with: "enabled: false }")

  @Test func everything() throws {
    let settings = try Fixture.load(Self.whole)
    #expect(settings.warnings.isEmpty)
    #expect(settings.workspaces.map(\.id.description) == ["langdock/ac*me? ü", "dust/ac*me", "agentphone/phones"])
    let first = settings.workspaces[0]
    #expect(try first.secret.read().reveal() == Fixture.marker)
    #expect(first.secretFile == nil)
    #expect(first.baseURL == "https://eu.langdock.com")
    #expect(first.requestsPerMinute == 90)
    #expect(first.calendar.name == "Europe/Berlin")
    // Also those that only a budget names.
    #expect(first.periods == [.day, .week, .month, .year])
    #expect(first.activeUserWindows.map(\.days) == [1, 28])
    #expect(first.restateDays == 0)
    #expect(first.restateInterval == 5400)
    #expect(first.zeroHold == 0)
    #expect(first.maxStaleness == 604_800)
    #expect(first.maxAgents == 10)
    #expect(first.caFile == "/run/ca.pem")
    #expect(first.collectors.map(\.enabled) == [false, true, true])
    #expect(first.collectors.map(\.minInterval) == [1800, 1800, 1])
    #expect(
      first.budgets == [
        Budget(period: .week, measure: .costUSD, amount: 10_000_000),
        Budget(period: .month, measure: .messages, amount: 200_000),
        Budget(period: .month, measure: .credits, amount: 50_000_250_000),
      ])
    let second = settings.workspaces[1]
    #expect(second.remoteWorkspace == "abc_123")
    #expect(second.periods.isEmpty)
    #expect(second.budgets.isEmpty)
    #expect(second.requestsPerMinute == 20)
    #expect(settings.workspaces[2].exposePhoneNumbers)
    #expect(settings.workspaces[2].budgets == [Budget(period: .day, measure: .calls, amount: 7)])
  }

  static let acceptedCases: [(String, String)] = [
    ("a byte order mark", "\u{FEFF}" + Fixture.workspace()),
    ("Windows line ends", Fixture.workspace().replacing("\n", with: "\r\n")),
    ("defaults that are all commented out", "defaults:\n  # timezone: UTC\n" + Fixture.workspace()),
    ("an end of the document", Fixture.workspace() + "...\n"),
    ("JSON", #"{"workspaces": [{"name": "acme", "provider": "langdock", "api_key_file": "/run/key"}]}"#),
    ("a quoted number", Fixture.workspace("requests_per_minute: '60'")),
    ("a core tag", Fixture.workspace("requests_per_minute: !!int 60")),
    ("an alias", Fixture.workspace("restate_days: &days 3", "collectors: { agents: { min_interval: 1h } }")),
    (
      "a merge",
      "workspaces:\n  - &base\n    name: acme\n    provider: langdock\n    api_key_file: /run/key\n"
        + "  - <<: *base\n    name: other\n"
    ),
    (
      "merged lists and aliases of scalars",
      "workspaces:\n  - &a { name: &n acme, provider: langdock }\n    \n".replacing("    \n", with: "")
        .replacing("}", with: ", api_key_file: /run/key }")
        + "  - { <<: [*a], provider: agentphone, name: *n }\n"
    ),
  ]

  @Test(arguments: acceptedCases)
  func accepted(what: String, yaml: String) throws {
    let settings = try Fixture.load(yaml)
    #expect(settings.workspaces.first?.id.name == "acme")
    #expect(settings.warnings.isEmpty)
  }

  @Test func pathsAreRelativeToTheConfiguration() throws {
    let yaml = Fixture.workspace().replacing("/run/key", with: "secrets/key")
    let loader = Fixture.loader(Array(yaml.utf8), path: "/etc/exporter/c.yml")
    #expect(try loader.load(file: "/etc/exporter/c.yml").workspaces.first?.secretFile == "/etc/exporter/secrets/key")
  }

  static let warningCases: [(String, String)] = [
    (
      "api_key: \(Fixture.marker)",
      "4:14: the key is written out here, for every reader of the file: give `api_key_file`, or `api_key: ${VARIABLE}`"
    ),
    (
      "{ api_key_file: /run/key, base_url: 'http://10.0.0.1' }",
      "4:41: `base_url` is http to another machine, so that the key travels in clear: use https unless the network is "
        + "trusted"
    ),
    (
      "{ api_key_file: /run/key, workspace_id: x1 }",
      "4:31: `workspace_id` is not used: a key of langdock is for one workspace"
    ),
    (
      "{ api_key_file: /run/key, budgets: { month: { executions: 5 } } }",
      "4:51: a budget of `executions` is never watched: langdock tells of periods `messages`, `calls`, `credits` and "
        + "`cost_usd`"
    ),
  ]

  @Test(arguments: warningCases)
  func warning(line: String, warning: String) throws {
    let yaml =
      line.hasPrefix("{")
      ? "# one\n# two\nworkspaces:\n  - { " + line.dropFirst(2).dropLast(2) + ", name: acme, provider: langdock }\n"
      : "workspaces:\n  - name: acme\n    provider: langdock\n    \(line)\n"
    let settings = try Fixture.load(yaml)
    #expect(settings.warnings.map { "\($0.line):\($0.column): \($0.message)" } == [warning])
    #expect(settings.workspaces.first?.remoteWorkspace == nil)
  }
}
