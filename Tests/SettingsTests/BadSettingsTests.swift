import Settings
import Testing

/// Faults of keys and values.
@Suite struct BadSettingsTests {
  static let all = keys + identity + secrets + values + nested

  @Test(arguments: all)
  func refused(_ configuration: BadConfiguration) {
    #expect(Fixture.faults(configuration.yaml) == configuration.faults)
  }

  @Test func aFaultyDefaultIsReportedOnceAtItsPlace() {
    let yaml =
      "defaults:\n  restate_days: many\n" + Fixture.workspace()
      + Fixture.workspace().dropFirst("workspaces:\n".count).replacing("acme", with: "b")
    #expect(Fixture.faults(yaml) == ["2:17: `restate_days` must be a whole number from 0 to 90"])
  }

  @Test func manyFaultsAtOnce() {
    let yaml = """
      defalts:
        timezone: UTC
      defaults:
        periods: [days]
        zero_hold: 2
      workspaces:
        - name: acme
          provider: langdock
          api_key: ${UNSET}
          collectors:
            agents: { min_interval: 0s }
            nobody: {}
          budgets: { month: { credits: -1 } }
        - provider: dust
          api_key_file: /run/none
          colectors: {}
        - name: acme
          name: acme
          provider: langdock
          api_key_file: /run/key
      """
    #expect(
      Fixture.faults(yaml) == [
        "1:1: unknown key `defalts`: did you mean `defaults`?",
        "4:13: `periods` may hold `day`, `previous_day`, `week`, `month` and `year`; did you mean `day`?",
        "5:14: `zero_hold` has no unit: write a duration such as 30s, 5m or 1h30m",
        "9:14: the environment variable UNSET is not set: set it, or write $$ for a $",
        "11:31: `min_interval` must be at least 1s",
        "12:7: unknown collector: langdock has `agents`, `projects` and `users`",
        "13:34: `credits` must not be negative",
        "14:5: `name` is missing: it becomes the label `workspace`",
        "14:5: `workspace_id` is missing: dust needs the id of the workspace",
        "15:19: `api_key_file`: the file with the key cannot be read (no such file)",
        "16:5: unknown key `colectors`: did you mean `collectors`?",
        "17:11: the langdock workspace on line 7 has this name already: names are unique per provider",
        "18:5: this key was given on line 17 already: keep one of the two",
      ])
  }

  @Test func aFloodOfFaultsIsCutShort() {
    let lines = (0..<20_000).map { "key_\($0)_that_nobody_knows: 1\n" }.joined()
    #expect(Fixture.faults(lines + Fixture.workspace()).count == 1000)
  }
}
