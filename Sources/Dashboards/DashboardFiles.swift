/// The files under `grafana/dashboards`, made of the boards.
package enum DashboardFiles {
  package struct File: Sendable {
    /// Below `grafana/dashboards`.
    package let path: String
    package let contents: String
  }

  /// A panel that may well be empty, and why that is no fault.
  package struct Exception: Sendable {
    package let dashboard: String
    package let panel: String
    package let reason: String
  }

  static let dashboards = [
    OverviewBoard.dashboard, AgentBoard.dashboard, SpendBoard.dashboard, AdoptionBoard.dashboard,
    HealthBoard.dashboard,
  ]

  package static let all: [File] =
    dashboards.map { File(path: fileName(of: $0), contents: $0.json.text) }
    + [File(path: ".lint", contents: LintExclusions.text(for: dashboards))]

  package static let mayBeEmpty: [Exception] = dashboards.flatMap { dashboard in
    dashboard.rows.flatMap(\.panels).compactMap { panel in
      panel.emptyReason.map { Exception(dashboard: dashboard.uid, panel: panel.title, reason: $0) }
    }
  }

  private static func fileName(of dashboard: Dashboard) -> String { dashboard.uid + ".json" }
}
