import Settings
import Testing
import Usage

@Suite struct RedactionTests {
  @Test func text() throws {
    let yaml = Fixture.workspace("budgets: { month: { credits: 1.5, calls: 2 }, day: { calls: 1 } }")
    #expect(
      try Fixture.load(yaml).redactedYAML() == """
        workspaces:
          - name: "acme"
            provider: langdock
            api_key_file: "/run/key"
            base_url: "https://api.langdock.com"
            requests_per_minute: 60
            timezone: UTC
            periods: [day, month]
            active_user_windows: [1d, 7d, 30d]
            restate_days: 3
            restate_interval: 6h
            zero_hold: 2m
            max_agents: 2000
            max_staleness: 1d
            collectors:
              agents: { enabled: true, min_interval: 30m }
              projects: { enabled: true, min_interval: 30m }
              users: { enabled: false, min_interval: 30m }
            budgets:
              day: { calls: 1 }
              month: { calls: 2, credits: 1.5 }

        """)
    #expect(Settings(workspaces: []).redactedYAML() == "workspaces: []\n")
  }

  @Test func readsBackAsItWas() throws {
    var settings = try Fixture.load(GoodConfigurationTests.whole)
    settings.workspaces[1].id = WorkspaceID(.dust, "a \"quoted\" \\ $x ${KEY} 名前 \u{1F600}\u{2028}")
    let text = settings.redactedYAML()
    #expect(!text.contains(Fixture.marker))
    #expect(text.contains("api_key: <secret>"))
    var again = try Fixture.load(text)
    #expect(again.warnings.map(\.line) == [4])
    again.warnings = []
    #expect(again.workspaces[0].secret == .literal(Secret("<secret>")))
    again.workspaces[0].secret = settings.workspaces[0].secret
    #expect(again == settings)
  }
}
