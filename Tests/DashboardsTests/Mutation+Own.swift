extension Mutation {
  /// At least one for each rule of our own about the form of a dashboard.
  static let form: [Mutation] = [
    Mutation("x-schema-version", #""schemaVersion": 39"#, #""schemaVersion": 35"#),
    Mutation("x-v2", #""version": 1,"#, #""version": 1, "elements": {},"#),
    Mutation("x-inputs", #""version": 1,"#, #""version": 1, "__inputs": [],"#),
    Mutation("x-id", #""version": 1,"#, #""version": 1, "id": 7,"#),
    Mutation("x-uid", #""uid": "agentusage-overview""#, #""uid": "agentusage overview""#),
    Mutation("x-refresh", #""refresh": "5m""#, #""refresh": false"#),
    Mutation("x-timepicker", #""timepicker": {}"#, #""timepicker": {"time_options": []}"#),
    Mutation("x-panel-ids", #""id": 2,"#, #""id": 3,"#),
    Mutation("x-panel-titles", #""title": "Executions""#, #""title": "Messages""#),
    Mutation("x-grid", #""x": 4,"#, #""x": 3,"#),
    Mutation("x-grid", #""w": 24"#, #""w": 25"#),
    Mutation("x-data-source", #""uid": "${datasource}""#, #""uid": "prometheus""#),
    .query("x-unknown-variable", #"workspace=~"$workspace""#, #"workspace=~"$space""#),
    .query("x-multi-needs-regex", #"provider=~"$provider""#, #"provider="$provider""#),
    Mutation("x-daily-bars", #""interval": "1d""#, #""interval": "1h""#),
    Mutation("x-daily-bars", "[1d]", "[$__rate_interval]"),
    Mutation("x-links", #""keepTime": true"#, #""keepTime": false"#),
    Mutation("x-links", "\"tags\": [\n    \"ai-agents\"", "\"tags\": [\n    \"agents\""),
    Mutation("x-panel-links", #""title": "How usage is judged""#, #""title": """#, in: "agent"),
    Mutation("x-panel-links", "/d/agentusage-adoption?${provider:queryparam}&", "/d/agentusage-adoption?"),
    Mutation("x-panel-links", "&${__url_time_range}", ""),
    Mutation("x-panel-links", "/alerts/README.md#", "/alerts#"),
    Mutation("x-thresholds", #""steps": ["#, #""stages": ["#),
    Mutation("x-thresholds", #""value": null"#, #""value": 0"#),
    Mutation("x-thresholds", #""value": 86400"#, #""value": 7200"#),
    Mutation("x-exclusion", #""title": "Spike alerts""#, #""title": "Spikes""#),
  ]

  private static let identity = "(provider, workspace, agent_id)"

  /// At least one for each rule of our own about queries.
  static let queries: [Mutation] = [
    .query("x-selection", #", provider=~"$provider", workspace=~"$workspace"}["#, "}["),
    .query("x-selection", "agentusage_spent:period{", #"agentusage_spent:period{job=~"$job", "#),
    .query("x-selection", #"workspace=~"$workspace|""#, #"workspace="demo""#),
    .query(
      "x-counter", "rate(agentusage_exporter_scrape_duration", "delta(agentusage_exporter_scrape_duration",
      in: "health"),
    .query("x-rate", "increase(agentusage_agent_messages", "rate(agentusage_agent_messages"),
    .query(
      "x-sum-of-users", "max by (provider, workspace) (agentusage_workspace_active",
      "sum by (provider) (agentusage_workspace_active"),
    .query("x-window", #", window="7d""#, ""),
    .query("x-window", #"window=~"1d|7d|28d|30d""#, #"window=~".+""#, in: "agent"),
    .query("x-period", #"period=~"day|month""#, #"period!="day""#, in: "agent"),
    .query(
      "x-period", "(provider, workspace, period) (agentusage_agent", "(provider, workspace) (agentusage_agent",
      in: "agent"),
    .query("x-period", #", period="$period""#, "", in: "spend"),
    .query(
      "x-sum-of-credits", "sum by (provider) (max by \(identity) (increase(agentusage_agent_credits",
      "sum(max by \(identity) (increase(agentusage_agent_credits"),
    .query(
      "x-instances", "sum(max by \(identity) (increase(agentusage_agent_messages",
      "sum(sum by \(identity) (increase(agentusage_agent_messages"),
    .query("x-join", "topk by \(identity) (1, ", "topk by \(identity) (2, "),
    .query(
      "x-join", "topk by \(identity) (1, ", "max by (provider, workspace, agent_id, agent_name) ("),
    .query("x-topk", " @ end()", ""),
  ]
}
