/// The panels about requests to providers.
enum HealthRequests {
  /// Providers are asked every few minutes at most: over the short ranges of a rate most values would be 0.
  private static let window = Window.hour

  static let panels: [Panel] = [
    .stat(
      "Requests a day", "Requests to each provider in the last 24 hours, of all selected exporters together.",
      [
        .instant(daily("agentusage_api_requests_total"), "{{provider}}/{{workspace}}")
      ], width: 12),
    .barGauge(
      "Failed requests a day", "Share of the requests of the last 24 hours that came to nothing, for whatever reason.",
      [
        .instant(
          daily("agentusage_api_request_failures_total")
            / daily("agentusage_api_requests_total").above(0).parenthesised,
          "{{provider}}/{{workspace}}")
      ], unit: .share, thresholds: Thresholds(base: "green", steps: [(0.05, "yellow"), (0.2, "red")]), width: 12,
      height: 4
    ).bounded(0...1).leading(to: Lead.runbook("AgentUsageCollectorFailing"), Lead.runbook("AgentUsageRateLimited")),
    .lines(
      "Requests per hour by status",
      "Requests to providers over the last hour at each moment, by HTTP status; none is a request without an answer.",
      [
        .range(
          Series.scraped("agentusage_api_requests_total").increase(over: window).sum(by: "provider", "code"),
          "{{provider}} {{code}}", step: "5m")
      ], unit: .count, decimals: 0),
    .lines(
      "Failed requests per hour by reason", "Requests that came to nothing over the last hour at each moment.",
      [
        .range(
          Series.scraped("agentusage_api_request_failures_total").increase(over: window)
            .sum(by: "provider", "reason").above(0), "{{provider}} {{reason}}", step: "5m")
      ], unit: .count, decimals: 0, thresholds: Thresholds(base: "transparent", steps: [(1, "red")])
    ).empty(means: "no request failed"),
    .lines(
      "Duration of requests",
      "Half and 95 of a hundred requests of the last hour took at most this long, to the last byte of the answer.",
      [("0.5", "half"), ("0.95", "95 %")].map { quantile, name in
        .range(duration(quantile), "{{provider}} \(name)", step: "5m")
      }, unit: .seconds, decimals: 1, thresholds: .limits(warning: 10, critical: 30), width: 24),
  ]

  private static func daily(_ counter: String) -> Expression {
    Series.scraped(counter).increase(over: .day).sum(by: "provider", "workspace")
  }

  private static func duration(_ quantile: String) -> Expression {
    let buckets = Series.scraped("agentusage_api_request_duration_seconds_bucket").increase(over: window)
      .sum(by: "le", "provider")
    return Expression("histogram_quantile(\(quantile), \(buckets.text))")
  }
}
