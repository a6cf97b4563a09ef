/// What Grafana's dashboard-linter is told not to find fault with, in its own format.
///
/// It wants `job` and `instance` on every selector. Alerts, and what recording rules make of the series of several
/// exporters, have neither: a matcher would leave them empty. Each such query is named alone, so that the rest stays
/// watched.
enum LintExclusions {
  static func text(for dashboards: [Dashboard]) -> String {
    let entries = dashboards.flatMap(entries).joined()
    let rules = ["target-job-rule", "target-instance-rule"].map { rule in
      "  \(rule):\n    reason: Alerts and recorded series are not of one exporter.\n    entries:\n\(entries)"
    }
    return "exclusions:\n" + rules.joined()
  }

  private static func entries(of dashboard: Dashboard) -> [String] {
    dashboard.rows.flatMap(\.panels).flatMap { panel in
      panel.targets.enumerated().filter { isOfRules($1.expression.text) }.map { index, _ in
        entry(dashboard: dashboard.title, panel: panel.title, target: index)
      }
    }
  }

  private static func entry(dashboard: String, panel: String, target: Int) -> String {
    "      - dashboard: " + JSON.string(dashboard).text
      + "        panel: " + JSON.string(panel).text
      + "        targetIdx: \"\(target)\"\n"
  }

  private static func isOfRules(_ expression: String) -> Bool {
    expression.contains("ALERTS{") || expression.contains(":agentusage_")
  }
}
