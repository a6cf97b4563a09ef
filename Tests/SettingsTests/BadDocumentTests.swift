import Settings
import Testing

/// Faults of the text, before any key has a meaning.
@Suite struct BadDocumentTests {
  static let empty = "1:1: the configuration is empty: it must hold `workspaces` with at least one workspace"

  @Test(arguments: [
    BadConfiguration("nothing", "", empty),
    BadConfiguration("comments only", "# workspaces:\n\n", empty),
    BadConfiguration("an empty document", "---\n", empty),
    BadConfiguration("null", "~", empty),
    BadConfiguration(
      "a list as root", "- a\n",
      "1:1: the configuration must be a mapping, with the keys `defaults` and `workspaces`"),
    BadConfiguration(
      "a word as root", "  word\n",
      "1:3: the configuration must be a mapping, with the keys `defaults` and `workspaces`"),
    BadConfiguration(
      "two documents", Fixture.workspace() + "---\nworkspaces: []\n",
      "5:1: a second document begins here: the configuration must be a single one"),
    BadConfiguration("NUL", "workspaces:\n  a\0b", "2:4: a NUL byte is not allowed in YAML: remove it"),
    BadConfiguration("escape", "a: \u{1B}[0m", "1:4: a control character is not allowed in YAML: remove it"),
    BadConfiguration("a tab", "workspaces:\n\t- name: acme\n", "2:1: a tab must not indent YAML: use spaces"),
    BadConfiguration(
      "an open quote", "workspaces:\n  - name: \"acme\n    provider: dust\n",
      "4:1: not valid YAML: found unexpected end of stream (while scanning a quoted scalar, which begins at 2:11)"
        + "; close the quotes"),
    BadConfiguration(
      "a second colon", "workspaces: a: b\n",
      "1:14: not valid YAML: mapping values are not allowed in this context"
        + "; check the indentation, or put a value that holds `: ` in quotes"),
    BadConfiguration(
      "a wrong indentation", "workspaces:\n  - name: acme\n   provider: dust\n",
      "3:4: not valid YAML: did not find expected '-' indicator (while parsing a block collection, which begins at 2:3)"
        + "; check the indentation of this line"),
    BadConfiguration(
      "an open bracket", "workspaces: [a\nb: c\n",
      "2:2: not valid YAML: did not find expected ',' or ']' (while parsing a flow sequence, which begins at 1:13)"
        + "; close the bracket, or separate the items by commas"),
    BadConfiguration(
      "an at sign", "workspaces: @x\n",
      "1:13: not valid YAML: found character that cannot start any token (while scanning for the next token, "
        + "which begins at 1:13); put a value that begins with this character in quotes"),
    BadConfiguration(
      "too deep for us", String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
      "1:51: this is nested too deeply for a configuration"),
    BadConfiguration(
      "too deep for the parser", String(repeating: "[", count: 100_000),
      "1:1: this is nested too deeply for a configuration"),
    BadConfiguration(
      "a tag", Fixture.workspace("timezone: !secret UTC"),
      "5:15: a YAML tag has no meaning here: remove it, or put the value in quotes"),
    BadConfiguration(
      "an alias of nothing", Fixture.workspace("timezone: *nothing", "periods: *"),
      "5:15: this alias names no anchor above it: define it with `&`, or put the value in quotes",
      "6:14: this alias names no anchor above it: define it with `&`, or put the value in quotes"),
    BadConfiguration(
      "an alias of itself", "workspaces: &a [*a]\n",
      "1:17: this alias names no anchor above it: define it with `&`, or put the value in quotes"),
    BadConfiguration(
      "a merge of a word", Fixture.workspace("<<: word"),
      "5:9: `<<` merges a mapping, or a list of mappings: name one by its alias"),
    BadConfiguration(
      "a list as key", Fixture.workspace("[a]: b"), "5:5: a key must be a single word, not a list or a mapping"),
    BadConfiguration(
      "duplicate keys everywhere",
      Fixture.workspace("name: other", "\"name\": x", "collectors: { agents: {}, agents: {}, users: {} }", "bogus: 1")
        + "workspaces: []\n",
      "5:5: this key was given on line 2 already: keep one of the two",
      "6:5: this key was given on line 2 already: keep one of the two",
      "7:31: this key was given on line 7 already: keep one of the two",
      "8:5: unknown key: here can be `name`, `provider`, `api_key`, `api_key_file`, `workspace_id`, `base_url`, "
        + "`requests_per_minute`, `timezone`, `periods`, `active_user_windows`, `restate_days`, `restate_interval`, "
        + "`zero_hold`, `max_agents`, `max_staleness`, `collectors`, `budgets`, `ca_file` or `expose_phone_numbers`",
      "9:1: this key was given on line 1 already: keep one of the two"),
    BadConfiguration(
      "duplicate keys that cannot be told apart by a letter", "\"\": 1\n\"\": 2\n",
      "1:1: this key is given more than once in its mapping: keep one"),
  ])
  func refused(_ configuration: BadConfiguration) {
    #expect(Fixture.faults(configuration.yaml) == configuration.faults)
  }

  @Test func encodings() {
    #expect(
      Fixture.faults(Array("a: b\nc: é".utf8) + [0xFF]) == [
        "2:5: this is not UTF-8: save the file in the encoding UTF-8"
      ])
    #expect(
      Fixture.faults([0xFF, 0xFE, 0x61, 0]) == ["1:1: this is not UTF-8: save the file in the encoding UTF-8"])
    // A Windows-1252 apostrophe.
    #expect(
      Fixture.faults(Array("a: ".utf8) + [0x92]) == ["1:4: this is not UTF-8: save the file in the encoding UTF-8"])
  }

  @Test func aliasesCannotGrowWithoutLimit() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in 1...12 {
      let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(uses)]")
    }
    let values = Fixture.faults(lines.joined(separator: "\n"))
    #expect(values.count == 1)
    #expect(values.first?.hasSuffix("holds more than 200000 values, with aliases written out: shorten it") == true)
    // As a key it would be hashed, over and over.
    let key = Fixture.faults((lines + ["*a12 : 1", "*a12 : 1", "{*a12 : 1}: 1"]).joined(separator: "\n"))
    #expect(key.count == 1)
  }

  @Test func files() {
    func fault(_ path: String, _ bytes: [UInt8] = []) -> [String] {
      do {
        _ = try Fixture.loader(bytes).load(file: path)
        return []
      } catch {
        return error.diagnostics.map(\.description)
      }
    }
    #expect(fault("none.yml") == ["none.yml:1:1: the configuration file cannot be read (no such file)"])
    #expect(fault("/run/folder") == ["/run/folder:1:1: the configuration file cannot be read (it is a directory)"])
    #expect(
      fault("c.yml", Array(repeating: 0x23, count: 4 * 1024 * 1024 + 1)) == [
        "c.yml:1:1: the configuration file cannot be read (it is larger than 4096 KiB)"
      ])
  }
}
