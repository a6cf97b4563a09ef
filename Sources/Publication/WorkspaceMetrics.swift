import Exposition
import Usage

/// What is known of a workspace as a whole, and of its calendar and budgets.
enum WorkspaceMetrics {
  private static let identity = ["provider", "workspace"]

  static let info = MetricDescriptor(
    "agentusage_workspace_info", .gauge, identity + ["timezone"], .workspace,
    help: "A configured workspace and the time zone in which its days are cut; always 1.")
  static let agents = MetricDescriptor(
    "agentusage_workspace_agents", .gauge, identity + ["state"], .workspace,
    help: "Agents of the workspace: known are all ever seen; active, without folded ones, those used this month.")
  static let phoneNumbers = MetricDescriptor(
    "agentusage_workspace_phone_numbers", .gauge, identity + ["state"], .workspace, providers: [.agentphone],
    help: "Phone numbers of the workspace: used, and the limit up to which more can be had.")
  static let periodStart = MetricDescriptor(
    "agentusage_period_start_timestamp_seconds", .gauge, identity + ["period"], .workspace, unit: "seconds",
    help: "When the calendar period began, in the workspace's time zone.")
  static let periodEnd = MetricDescriptor(
    "agentusage_period_end_timestamp_seconds", .gauge, identity + ["period"], .workspace, unit: "seconds",
    help: "When the calendar period ends, in the workspace's time zone.")
  static let budgets: [Measure: MetricDescriptor] = Dictionary(
    uniqueKeysWithValues: Measure.allCases.map { measure in
      (
        measure,
        MetricDescriptor(
          "agentusage_budget_\(measure.rawValue)", .gauge, identity + ["period"], .workspace, unit: measure.unit,
          help: "The configured budget of the workspace for the calendar period: \(measure.rawValue).")
      )
    })

  static let all =
    [info, agents, phoneNumbers] + Measure.allCases.compactMap { budgets[$0] } + [periodStart, periodEnd]
}
