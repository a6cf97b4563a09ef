extension Mutation {
  /// One for each rule of Grafana's dashboard-linter.
  static let upstream: [Mutation] = [
    Mutation("template-datasource-rule", #""label": "Data source""#, #""label": "Source""#),
    Mutation("template-job-rule", #""label": "Job""#, #""label": "Task""#),
    Mutation("template-instance-rule", #""name": "instance""#, #""name": "target""#),
    Mutation("template-label-promql-rule", "label_values({__name__", "{__name__"),
    Mutation("template-on-time-change-reload-rule", #""refresh": 2"#, #""refresh": 1"#),
    Mutation("panel-datasource-rule", #""uid": "${datasource}""#, #""uid": "prometheus""#),
    Mutation("panel-title-description-rule", #""title": "Call time""#, #""title": """#),
    Mutation("panel-units-rule", #""unit": "currencyUSD""#, #""unit": "dollars""#),
    Mutation("panel-no-targets-rule", #""targets": ["#, #""queries": ["#),
    Mutation("target-logql-rule", #""type": "prometheus""#, #""type": "loki""#),
    Mutation("target-logql-auto-rule", #""query": "prometheus""#, #""query": "loki""#),
    .query("target-promql-rule", "sum(max by", "sum((max by"),
    Mutation("target-rate-interval-rule", "[$__rate_interval]", "[5m]", in: "health"),
    .query("target-job-rule", #"messages_total{job=~"$job", "#, "messages_total{"),
    .query("target-instance-rule", #"instance=~"$instance", provider"#, #"instance=~"a.*", provider"#),
    Mutation("target-counter-agg-rule", "increase(agentusage_agent_calls", "last_over_time(agentusage_agent_calls"),
    Mutation("uneditable-dashboard", #""editable": false"#, #""editable": true"#),
  ]
}
