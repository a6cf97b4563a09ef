extension RuleFiles {
  /// Alerts as recordings of the series that Prometheus itself writes while they fire, without what `for` waits.
  ///
  /// - Parameter names: of the alerts. Those of the exporter ask for `up`, which a recorded past does not have.
  func recordedAlerts(_ names: Regex<Substring>) -> RuleFiles {
    let alerts = groups.flatMap(\.rules).filter { $0.alert?.wholeMatch(of: names) != nil }
    let recordings = alerts.map { alert in
      let labels = ["alertname": alert.alert ?? "", "alertstate": "firing"]
      return Rule(
        record: "ALERTS", expr: "clamp((\(alert.expr)), 1, 1)", labels: labels.merging(alert.labels ?? [:]) { $1 })
    }
    return RuleFiles(groups: [Group(name: "alerts", interval: nil, rules: recordings)])
  }
}
