/// The variables that every board shares. They keep the chosen values when one board leads to another.
enum Selection {
  private static let names = "agentusage_exporter_build_info|agentusage_workspace_info"
  private static let exporters = #"{__name__=~"\#(names)"}"#

  static let shared: [Variable] = [
    Variable(name: "datasource", label: "Data source", source: .dataSources),
    Variable(
      // Workspaces that are targets of their own have a job without an exporter's own series.
      name: "job", label: "Job", source: .query("label_values(\(exporters), job)"),
      multiple: true),
    Variable(
      name: "instance", label: "Instance",
      source: .query(#"label_values({__name__=~"\#(names)", job=~"$job"}, instance)"#), multiple: true),
    Variable(
      name: "provider", label: "Provider",
      source: .query(#"label_values(agentusage_workspace_info{job=~"$job", instance=~"$instance"}, provider)"#),
      multiple: true),
    Variable(
      name: "workspace", label: "Workspace",
      source: .query(
        #"label_values(agentusage_workspace_info{job=~"$job", instance=~"$instance", provider=~"$provider"}, workspace)"#
      ),
      multiple: true),
  ]
}

/// Where panels lead.
enum Lead {
  /// To the board of the agent in the row of a table.
  static let agentOfRow = agent("__data.fields")

  /// To the board of the agent of a line or bar.
  static let agentOfSeries = agent("__field.labels")

  static let overview = board("Overview", OverviewBoard.uid)
  static let agents = board("An agent in detail", AgentBoard.uid)
  static let spend = board("Spend and budgets", SpendBoard.uid)
  static let adoption = board("Adoption", AdoptionBoard.uid)
  static let health = board("Exporter health", HealthBoard.uid)

  /// What an alert about this means, and what to do.
  static func runbook(_ alert: String) -> DataLink {
    document("Runbook: \(alert)", "alerts/README.md#\(alert.lowercased())")
  }

  static let runbooks = document("Runbooks", "alerts/README.md#runbooks")
  static let judging = document("How usage is judged", "alerts/README.md#how-usage-is-judged")
  static let reading = document("How to read the boards", "grafana/README.md#reading-them")

  private static func document(_ title: String, _ path: String) -> DataLink {
    DataLink(
      title: title, url: "https://github.com/agent-usage-exporter/agent-usage-exporter/blob/main/\(path)",
      inNewTab: true)
  }

  private static let kept = "${datasource:queryparam}&${job:queryparam}&${instance:queryparam}"
  private static let time = "${__url_time_range}"

  private static func agent(_ source: String) -> DataLink {
    let row = ["provider", "workspace", "agent_id"].map { label in
      "var-\(label == "agent_id" ? "agent" : label)=${\(source).\(label)}"
    }
    return DataLink(
      title: "Open the agent", url: "/d/\(AgentBoard.uid)?\(row.joined(separator: "&"))&\(kept)&\(time)")
  }

  private static func board(_ title: String, _ uid: String) -> DataLink {
    DataLink(title: title, url: "/d/\(uid)?${provider:queryparam}&${workspace:queryparam}&\(kept)&\(time)")
  }
}

extension Annotation {
  /// Alerts that an agent is used far more than it usually is, of those that are worth a ticket: of a hundred agents there is
  /// always one that is worth a note.
  static func spikes(_ matchers: String...) -> Annotation {
    let alerts = Series.alerts("AgentUsage(Spike|Burst)", #"severity="warning""#)
    return Annotation(
      name: "Spike alerts", expression: Series(name: alerts.name, matchers: alerts.matchers + matchers).value,
      text: "{{provider}}/{{workspace}} {{agent_id}} {{measure}}", tags: ["severity", "provider", "workspace"])
  }
}
