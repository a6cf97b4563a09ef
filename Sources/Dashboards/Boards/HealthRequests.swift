/// The panels about requests to providers.
enum HealthRequests {
  /// Providers are asked every few minutes at most: over the short ranges of a rate most values would be 0.
  private static let window = Window.hour

  static let panels: [Panel] = [
    .stat(
      "Requests a day", "Requests to each provider in the last 24 hours, of all selected exporters together.",
      [
        .instant(
          Series.scraped("agentusage_api_requests_total").increase(over: .day).sum(by: "provider", "workspace"),
          "{{provider}}/{{workspace}}")
      ], width: 12),
    .barGauge(
      "Rate limit left",
      "Share of the provider's own rate limit that is left, where its answers name one.",
      [
        .instant(
          limit("remaining") / limit(nil).above(0).parenthesised, "{{provider}}/{{workspace}}")
      ], unit: .share, thresholds: Thresholds(base: "red", steps: [(0.1, "yellow"), (0.3, "green")]), width: 12,
      height: 4
    ).bounded(0...1).leading(to: Lead.runbook("AgentUsageRateLimited"))
      .empty(means: "no provider names a rate limit"),
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

  private static func limit(_ what: String?) -> Expression {
    let name = "agentusage_api_rate_limit" + (what.map { "_\($0)" } ?? "")
    return Series.scraped(name).value.min(by: "provider", "workspace")
  }

  private static func duration(_ quantile: String) -> Expression {
    let buckets = Series.scraped("agentusage_api_request_duration_seconds_bucket").increase(over: window)
      .sum(by: "le", "provider")
    return Expression("histogram_quantile(\(quantile), \(buckets.text))")
  }
}
