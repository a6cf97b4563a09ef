/// Configurations of Dust and Tess.
extension Rig {
  static let dustCollectors = [
    "usage_metrics", "active_users", "agents", "sources", "skills", "tools", "feedback", "users", "messages",
    "consumption", "workspace_usage",
  ]

  /// Every period and window, counters without a hold.
  static func defaults(
    zone: String = "UTC", periods: String = "day, previous_day, week, month, year",
    windows: String = "1d, 7d, 28d, 30d",
    more: String = ""
  ) -> String {
    "{ zero_hold: 0s, timezone: \(zone), periods: [\(periods)], active_user_windows: [\(windows)]\(more) }"
  }

  /// A workspace at Dust with these collectors and no others.
  static func dust(
    _ enabled: [String] = dustCollectors, interval: String = "1s", defaults: String = defaults()
  ) -> String {
    let collectors = dustCollectors.map { name in
      "      \(name): { enabled: \(enabled.contains(name)), min_interval: \(interval) }"
    }
    return """
      defaults: \(defaults)
      workspaces:
        - name: acme
          provider: dust
          api_key: ${DK}
          workspace_id: "$DUST_WORKSPACE"
          base_url: $DUST
          requests_per_minute: 10000
          collectors:
      \(collectors.joined(separator: "\n"))
      """
  }

  static func tess(interval: String = "1s", defaults: String = defaults()) -> String {
    """
    defaults: \(defaults)
    workspaces:
      - name: acme
        provider: tess
        api_key: ${TK}
        workspace_id: "$TESS_WORKSPACE"
        base_url: $TESS
        requests_per_minute: 10000
        collectors:
          executions: { min_interval: \(interval) }
    """
  }
}
