/// The keys of a workspace.
enum WorkspaceKey: String, CaseIterable {
  case name
  case provider
  case apiKey = "api_key"
  case apiKeyFile = "api_key_file"
  case workspaceID = "workspace_id"
  case baseURL = "base_url"
  case requestsPerMinute = "requests_per_minute"
  case timezone
  case periods
  case activeUserWindows = "active_user_windows"
  case restateDays = "restate_days"
  case restateInterval = "restate_interval"
  case zeroHold = "zero_hold"
  case maxAgents = "max_agents"
  case maxStaleness = "max_staleness"
  case collectors
  case budgets
  case caFile = "ca_file"
  case exposePhoneNumbers = "expose_phone_numbers"

  /// Whether `defaults` may hold it for all workspaces.
  var isShared: Bool {
    switch self {
    case .requestsPerMinute, .timezone, .periods, .activeUserWindows, .restateDays, .restateInterval, .zeroHold,
      .maxAgents, .maxStaleness, .budgets, .caFile:
      true
    case .name, .provider, .apiKey, .apiKeyFile, .workspaceID, .baseURL, .collectors, .exposePhoneNumbers: false
    }
  }

  static let all = allCases.map(\.rawValue)
  static let shared = allCases.filter(\.isShared).map(\.rawValue)
  static let ownOnly = allCases.filter { !$0.isShared }.map(\.rawValue)
}
