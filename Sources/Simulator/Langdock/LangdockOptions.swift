/// What of Langdock's interface differs between workspaces, or is documented nowhere.
package struct LangdockOptions: Sendable {
  /// How the agent export's columns of cached tokens are called, which the documentation does not say.
  package enum AgentCacheColumns: Sendable {
    /// `sum_cached_prompt_tokens`, `sum_cache_creation_tokens`, `no_cache_tokens`.
    case asInModels
    /// `cached_prompt_tokens`, `cache_creation_tokens`, `no_cache_tokens`.
    case asInAPIKeys
    case none
  }

  /// What `period_start` and `period_end` show.
  package enum PeriodDates: Sendable {
    /// The UTC dates of the window's ends, as documented for the user interface.
    case utc
    /// The dates that were asked for.
    case requested
  }

  package var organization = "ws_grueneberg"
  /// Whether the workspace has own model keys, hence columns of tokens (and of costs, for models).
  package var ownKeys = true
  /// Whether names and e-mail addresses of people are exported.
  package var userLevelData = true
  package var agentCacheColumns = AgentCacheColumns.asInModels
  package var periodDates = PeriodDates.utc
  /// Usage rows that one export may scan.
  package var rowLimit = 1_000_000
  /// Requests in a minute; nil for no limit.
  package var requestsPerMinute: Int?
  /// Seconds for which a download URL is good.
  package var downloadLifetime = 300
  /// Whether a download URL is good for a single download.
  package var downloadsOnce = false

  package init() {}

  package init(_ change: (inout LangdockOptions) -> Void) { change(&self) }
}

/// The credentials that the simulated vendors accept.
package struct SimulatorKeys: Sendable {
  package var langdock: Set<String> = ["sk-ld-simulated"]
  /// Good keys that lack the scope `USAGE_EXPORT_API`.
  package var langdockWithoutScope: Set<String> = ["sk-ld-without-scope"]
  package var agentPhone: Set<String> = ["sk_live_simulated"]
  package var tess: Set<String> = ["7|tess-simulated"]
  /// Tess keys that see one person's executions and no others: the person's id in the directory, by key.
  package var tessOwnOnly: [String: String] = ["8|tess-own-only": "usr_000"]
  /// Good Tess keys that lack the ability `use_agents`.
  package var tessWithoutAbility: Set<String> = ["9|tess-without-ability"]
  package var dust = DustKeys()

  package init() {}

  package init(_ change: (inout SimulatorKeys) -> Void) { change(&self) }
}
