/// Faults of keys, names and secrets, one rule each: the first added line is line 5, its values begin behind the key.
extension BadSettingsTests {
  static let keys: [BadConfiguration] = [
    BadConfiguration(
      "a misspelt key", Fixture.workspace("timezon: UTC"), "5:5: unknown key `timezon`: did you mean `timezone`?"),
    BadConfiguration(
      "a misspelt root key", "workspace: []\n",
      "1:1: `workspaces` is missing: list at least one, with `name`, `provider` and its key",
      "1:1: unknown key `workspace`: did you mean `workspaces`?"),
    BadConfiguration(
      "a shared key at the root", "timezone: UTC\n" + Fixture.workspace(),
      "1:1: `timezone` belongs under `defaults` or in a workspace"),
    BadConfiguration(
      "a workspace's key in the defaults", "defaults: { collectors: {}, name: x }\n" + Fixture.workspace(),
      "1:13: `collectors` is given in each workspace, not under `defaults`",
      "1:29: `name` is given in each workspace, not under `defaults`"),
    BadConfiguration(
      "defaults that are a list", "defaults: [a]\n" + Fixture.workspace(),
      "1:11: `defaults` must be a mapping, with the keys `requests_per_minute`, `timezone`, `periods`, `active_user_windows`, `restate_days`, `restate_interval`, `zero_hold`, `max_agents`, `max_staleness`, `budgets` and `ca_file`"
    ),
    BadConfiguration(
      "no workspaces", "workspaces: []\n",
      "1:13: `workspaces` is empty: list at least one, with `name`, `provider` and its key"),
    BadConfiguration(
      "null workspaces", "workspaces:\n",
      "1:1: `workspaces` is empty: list at least one, with `name`, `provider` and its key"),
    BadConfiguration(
      "workspaces that are a mapping", "workspaces: { acme: {} }\n",
      "1:13: `workspaces` must be a list, such as - name: acme"),
    BadConfiguration(
      "a workspace that is a word", "workspaces: [acme]\n",
      "1:14: a workspace must be a mapping, with the keys `name`, `provider` and `api_key_file`"),
    BadConfiguration(
      "nothing required is there", "workspaces:\n  - timezone: UTC\n",
      "2:5: `api_key_file` is missing: give the path of a file with the key, or `api_key`",
      "2:5: `name` is missing: it becomes the label `workspace`",
      "2:5: `provider` is missing: it is `langdock`, `dust` or `agentphone`"),
    BadConfiguration(
      "a workspace id that is missing", Fixture.workspace().replacing("langdock", with: "dust"),
      "2:5: `workspace_id` is missing: dust needs the id of the workspace"),
    BadConfiguration(
      "a null value", Fixture.workspace("timezone:", "periods: ~"),
      "5:5: `timezone` has no value: give it one, or remove the key",
      "6:5: `periods` must be a list, such as [day, previous_day]"),
    BadConfiguration(
      "a list for a word", Fixture.workspace("timezone: [UTC]"),
      "5:15: `timezone` must be a single value, not a list or a mapping"),
  ]

  static let identity: [BadConfiguration] = [
    BadConfiguration(
      "an unknown provider", Fixture.workspace().replacing("langdock", with: "langdok"),
      "3:15: unknown provider `langdok`: did you mean `langdock`?"),
    BadConfiguration(
      "a strange provider", Fixture.workspace().replacing("langdock", with: "openai"),
      "3:15: unknown provider: here can be `langdock`, `dust` or `agentphone`"),
    BadConfiguration(
      "a provider of other versions", Fixture.workspace().replacing("langdock", with: "tess"),
      "3:15: tess is not supported by this version: here can be `langdock`, `dust` or `agentphone`"),
    BadConfiguration(
      "an empty name", Fixture.workspace().replacing("acme", with: "''"),
      "2:11: `name` must have 1 to 128 characters, none of them a control character"),
    BadConfiguration(
      "a blank name", Fixture.workspace().replacing("acme", with: "'  '"),
      "2:11: `name` must have 1 to 128 characters, none of them a control character"),
    BadConfiguration(
      "a long name", Fixture.workspace().replacing("acme", with: String(repeating: "é", count: 129)),
      "2:11: `name` must have 1 to 128 characters, none of them a control character"),
    BadConfiguration(
      "a newline in a name", Fixture.workspace().replacing("acme", with: "\"a\\nb\""),
      "2:11: `name` must have 1 to 128 characters, none of them a control character"),
    BadConfiguration(
      "two of one name", Fixture.workspace() + "  - { provider: langdock, api_key_file: /run/key, name: acme }\n",
      "5:57: the langdock workspace on line 2 has this name already: names are unique per provider"),
    BadConfiguration(
      "a workspace id of several parts", Fixture.workspace("workspace_id: ../x"),
      "5:19: `workspace_id` must be the provider's id of the workspace: 1 to 128 letters, digits, `-`, `_` or `.`"),
    BadConfiguration(
      "phone numbers elsewhere", Fixture.workspace("expose_phone_numbers: false"),
      "5:5: `expose_phone_numbers` is for agentphone only: remove it"),
  ]

  static let secrets: [BadConfiguration] = [
    BadConfiguration(
      "two keys", Fixture.workspace("api_key: ${KEY}"),
      "4:5: `api_key` and `api_key_file` are both given: keep one of them"),
    BadConfiguration(
      "a file that is not there", Fixture.workspace().replacing("/run/key", with: Fixture.marker),
      "4:19: `api_key_file`: the file with the key cannot be read (no such file)"),
    BadConfiguration(
      "a forbidden file", Fixture.workspace().replacing("/run/key", with: "/run/forbidden"),
      "4:19: `api_key_file`: the file with the key cannot be read (permission denied)"),
    BadConfiguration(
      "a folder", Fixture.workspace().replacing("/run/key", with: "/run/folder"),
      "4:19: `api_key_file`: the file with the key cannot be read (it is a directory)"),
    BadConfiguration(
      "an empty file", Fixture.workspace().replacing("/run/key", with: "/run/empty"),
      "4:19: `api_key_file`: the key is empty"),
    BadConfiguration(
      "a file of two lines", Fixture.workspace().replacing("/run/key", with: "/run/two-lines"),
      "4:19: `api_key_file`: the key must be one line of printable ASCII without spaces"),
    BadConfiguration(
      "an empty path", Fixture.workspace().replacing("/run/key", with: "''"),
      "4:19: `api_key_file` must be the path of a file"),
    BadConfiguration(
      "an empty key", Fixture.workspace().replacing("api_key_file: /run/key", with: "api_key: ${EMPTY}"),
      "4:14: `api_key`: the key is empty"),
    BadConfiguration(
      "a key with a space", Fixture.workspace().replacing("api_key_file: /run/key", with: "api_key: ${SPACED}"),
      "4:14: `api_key`: the key must be one line of printable ASCII without spaces"),
    BadConfiguration(
      "an unset variable",
      Fixture.workspace().replacing("api_key_file: /run/key", with: "api_key: ${LANGDOCK_API_KEY}"),
      "4:14: the environment variable LANGDOCK_API_KEY is not set: set it, or write $$ for a $"),
    BadConfiguration(
      "an open variable", Fixture.workspace("timezone: ${KEY"),
      "5:15: `${` has no closing brace: write ${VARIABLE}, or $$ for a $"),
    BadConfiguration(
      "a variable with a default", Fixture.workspace("timezone: ${TZ:-UTC}"),
      "5:15: the name in `${…}` may hold letters, digits and `_` only and must not begin with a digit; write $$ for a $"
    ),
    BadConfiguration(
      "a certificate that is not there", Fixture.workspace("ca_file: /run/none"),
      "5:14: `ca_file` cannot be read (no such file)"),
    BadConfiguration(
      "a certificate that is none", Fixture.workspace("ca_file: /run/not-a-certificate.pem"),
      "5:14: `ca_file` holds no certificate: it must name a PEM file"),
  ]
}
