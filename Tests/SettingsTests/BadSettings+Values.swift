/// Faults of values, one rule each.
extension BadSettingsTests {
  static let values: [BadConfiguration] = [
    BadConfiguration(
      "an unknown zone", Fixture.workspace("timezone: Europe/Berln"),
      "5:15: `timezone` must be the IANA name of a time zone: did you mean `Europe/Berlin`?"),
    BadConfiguration(
      "an abbreviation as zone", Fixture.workspace("timezone: CEST"),
      "5:15: `timezone` must be the IANA name of a time zone, such as UTC or Europe/Berlin"),
    BadConfiguration(
      "an unknown period", Fixture.workspace("periods: [day, montly]"),
      "5:20: `periods` may hold `day`, `previous_day`, `week`, `month` and `year`; did you mean `month`?"),
    BadConfiguration(
      "a repeated period", Fixture.workspace("periods: [day, day]"),
      "5:20: `periods` holds this more than once: keep one"),
    BadConfiguration(
      "a word for periods", Fixture.workspace("periods: day"),
      "5:14: `periods` must be a list, such as [day, previous_day]"),
    BadConfiguration(
      "a null period", Fixture.workspace("periods: [~]"), "5:15: `periods` has no value: give it one, or remove the key"
    ),
    BadConfiguration(
      "an unknown window", Fixture.workspace("active_user_windows: [2d]"),
      "5:27: `active_user_windows` may hold `1d`, `7d`, `28d` and `30d`; did you mean `1d`?"),
    BadConfiguration(
      "a window with a sign", Fixture.workspace("active_user_windows: [+7d, 007d]"),
      "5:27: `active_user_windows` may hold `1d`, `7d`, `28d` and `30d`; did you mean `7d`?",
      "5:32: `active_user_windows` may hold `1d`, `7d`, `28d` and `30d`"),
    BadConfiguration(
      "too many restated days", Fixture.workspace("restate_days: 91"),
      "5:19: `restate_days` must be a whole number from 0 to 90"),
    BadConfiguration(
      "negative restated days", Fixture.workspace("restate_days: -1"),
      "5:19: `restate_days` must be a whole number from 0 to 90"),
    BadConfiguration(
      "half a request", Fixture.workspace("requests_per_minute: 0.5"),
      "5:26: `requests_per_minute` must be a whole number from 1 to 10000"),
    BadConfiguration(
      "no requests", Fixture.workspace("requests_per_minute: 0"),
      "5:26: `requests_per_minute` must be a whole number from 1 to 10000"),
    BadConfiguration(
      "too many requests", Fixture.workspace("requests_per_minute: 10001"),
      "5:26: `requests_per_minute` must be a whole number from 1 to 10000"),
    BadConfiguration(
      "no agents", Fixture.workspace("max_agents: 0"), "5:17: `max_agents` must be a whole number of at least 1"),
    BadConfiguration(
      "agents beyond number", Fixture.workspace("max_agents: 99999999999999999999"),
      "5:17: `max_agents` must be a whole number of at least 1"),
    BadConfiguration(
      "a duration without unit", Fixture.workspace("zero_hold: 0"),
      "5:16: `zero_hold` has no unit: write a duration such as 30s, 5m or 1h30m"),
    BadConfiguration(
      "a negative duration", Fixture.workspace("zero_hold: -1s"),
      "5:16: `zero_hold` must not be negative: write a duration such as 30s, 5m or 1h30m"),
    BadConfiguration(
      "no duration", Fixture.workspace("restate_interval: hourly"),
      "5:23: `restate_interval` is not a duration: write whole numbers with the units y, w, d, h, m, s and ms, the largest first, as 1h30m"
    ),
    BadConfiguration(
      "a duration of nothing", Fixture.workspace("restate_interval: 0s", "max_staleness: 999ms"),
      "5:23: `restate_interval` must be at least 1s", "6:20: `max_staleness` must be at least 1s"),
    BadConfiguration(
      "a duration of ages", Fixture.workspace("max_staleness: 293y"),
      "5:20: `max_staleness` is longer than 292 years: write a duration such as 30s, 5m or 1h30m"),
    BadConfiguration(
      "a URL without scheme", Fixture.workspace("base_url: api.langdock.com"),
      "5:15: `base_url` must begin with https:// (or http://)"),
    BadConfiguration(
      "a URL with a password", Fixture.workspace("base_url: https://x:\(Fixture.marker)@host"),
      "5:15: `base_url` must not hold a user or a password: the key goes into `api_key_file`"),
    BadConfiguration(
      "neither true nor false", Fixture.workspace("collectors: { users: { enabled: 1 } }"),
      "5:37: `enabled` must be true or false"),
  ]

  static let nested: [BadConfiguration] = [
    BadConfiguration(
      "an unknown collector", Fixture.workspace("collectors: { agent: {} }"),
      "5:19: unknown collector: langdock has `agents`, `projects` and `users`; did you mean `agents`?"),
    BadConfiguration(
      "a list of collectors", Fixture.workspace("collectors: [agents]"),
      "5:17: `collectors` must be a mapping, with the collectors `agents`, `projects` and `users`"),
    BadConfiguration(
      "a collector that is a word", Fixture.workspace("collectors: { users: true }"),
      "5:26: `users` must be a mapping, with the keys `enabled` and `min_interval`"),
    BadConfiguration(
      "a collector's unknown key", Fixture.workspace("collectors: { users: { enable: true } }"),
      "5:28: unknown key `enable`: did you mean `enabled`?"),
    BadConfiguration(
      "a short interval", Fixture.workspace("collectors: { users: { min_interval: 500ms } }"),
      "5:42: `min_interval` must be at least 1s"),
    BadConfiguration(
      "a budget's period", Fixture.workspace("budgets: { previous_day: { credits: 1 } }"),
      "5:16: unknown key: here can be `day`, `week`, `month` or `year`"),
    BadConfiguration(
      "a budget's measure", Fixture.workspace("budgets: { month: { credit: 1 } }"),
      "5:25: unknown key `credit`: did you mean `credits`?"),
    BadConfiguration(
      "a budget without a measure", Fixture.workspace("budgets: { month: 5 }"),
      "5:23: `month` must be a mapping, with the keys `messages`, `conversations`, `requests`, `calls`, `executions`, `execution_failures`, `webhook_deliveries`, `webhook_delivery_failures`, `call_seconds`, `credits`, `tokens`, `cost_usd` and `feedback`"
    ),
    BadConfiguration(
      "a negative budget", Fixture.workspace("budgets: { month: { credits: -1 } }"),
      "5:34: `credits` must not be negative"),
    BadConfiguration(
      "a budget in words", Fixture.workspace("budgets: { month: { credits: 5k, calls: 1e3 } }"),
      "5:34: `credits` must be a number such as 50000 or 1250.5, in digits",
      "5:45: `calls` must be a number such as 200000, in digits"),
    BadConfiguration(
      "a budget too fine", Fixture.workspace("budgets: { month: { credits: 0.0000001, calls: 1.5 } }"),
      "5:34: `credits` must not have more than 6 decimals", "5:52: `calls` must be a whole number"),
    BadConfiguration(
      "a budget too large", Fixture.workspace("budgets: { month: { credits: 9007199255, calls: 9007199254740993 } }"),
      "5:34: `credits` must be at most 9007199254.740992", "5:53: `calls` must be at most 9007199254740992"),
  ]
}
