import Exposition
import Usage

/// How each provider and collector fares.
enum CollectorMetrics {
  private static let workspace = ["provider", "workspace"]
  private static let collector = ["provider", "workspace", "collector"]

  private static func gauge(_ name: String, unit: String? = nil, _ help: String) -> MetricDescriptor {
    MetricDescriptor("agentusage_collector_" + name, .gauge, collector, .collection, unit: unit, help: help)
  }

  static let providerUp = MetricDescriptor(
    "agentusage_provider_up", .gauge, workspace, .collection,
    help: "Whether the last attempt of at least one collector of the workspace succeeded.")
  static let authFailed = MetricDescriptor(
    "agentusage_provider_auth_failed", .gauge, workspace, .collection,
    help: "Whether the provider refused the workspace's credential when it was last asked.")
  static let success = gauge("success", "Whether the last attempt of the collector succeeded.")
  static let enabled = gauge("enabled", "Whether the collector is switched on, here and at the provider.")
  static let duration = gauge("duration_seconds", unit: "seconds", "How long the last attempt took.")
  static let lastAttempt = gauge(
    "last_attempt_timestamp_seconds", unit: "seconds", "When the last attempt began; 0 before the first.")
  static let lastSuccess = gauge(
    "last_success_timestamp_seconds", unit: "seconds", "When the last successful attempt began; 0 before the first.")
  static let nextAttempt = gauge(
    "next_attempt_timestamp_seconds", unit: "seconds", "Before this instant the provider is not asked again.")
  static let minInterval = gauge(
    "min_interval_seconds", unit: "seconds", "The configured shortest time between two collections.")
  static let dataThrough = gauge(
    "data_through_timestamp_seconds", unit: "seconds", "The instant up to which the data are known; 0 before the first."
  )
  static let catchingUp = gauge(
    "catching_up", "Whether the counters took in usage older than one interval in the last collection.")
  static let rows = gauge("rows", "Rows of the last successful collection.")
  static let rejected = MetricDescriptor(
    "agentusage_collector_rejected_rows_total", .counter, collector + ["reason"], .collection,
    help: "Rows that were refused, by reason; the other rows of their answer count.")
  static let folded = MetricDescriptor(
    "agentusage_agents_folded", .gauge, workspace, .collection,
    help: "Agents beyond max_agents, whose usage is in agent_id=\"other\".")
  static let series = MetricDescriptor(
    "agentusage_series", .gauge, workspace, .collection, help: "Usage series of the workspace.")
  static let duplicates = MetricDescriptor(
    "agentusage_duplicate_series_total", .counter, workspace, .collection,
    help: "Series left out because another collector of the workspace already gives them.")

  static let all = [
    providerUp, authFailed, success, enabled, duration, lastAttempt, lastSuccess, nextAttempt, minInterval, dataThrough,
    catchingUp, rows, rejected, folded, series, duplicates,
  ]
}

/// The requests to the providers' APIs.
enum APIMetrics {
  private static let workspace = ["provider", "workspace"]

  static let requests = MetricDescriptor(
    "agentusage_api_requests_total", .counter, workspace + ["endpoint", "code"], .api,
    help: "Requests to the provider by endpoint and HTTP status; code=\"none\" if there was no answer.")
  static let failures = MetricDescriptor(
    "agentusage_api_request_failures_total", .counter, workspace + ["endpoint", "reason"], .api,
    help: "Requests that came to nothing, by endpoint and reason.")
  static let duration = MetricDescriptor(
    "agentusage_api_request_duration_seconds", .histogram, workspace, .api, unit: "seconds",
    help: "How long requests to the provider took, to the last byte of the answer.")
  static let limit = MetricDescriptor(
    "agentusage_api_rate_limit", .gauge, workspace, .api,
    help: "The provider's own rate limit, if its answers name it.")
  static let remaining = MetricDescriptor(
    "agentusage_api_rate_limit_remaining", .gauge, workspace, .api,
    help: "Requests left of the provider's own rate limit, if its answers name them.")
  static let reset = MetricDescriptor(
    "agentusage_api_rate_limit_reset_timestamp_seconds", .gauge, workspace, .api, unit: "seconds",
    help: "When the provider's own rate limit begins anew, if its answers name it.")

  static let all = [requests, failures, duration, limit, remaining, reset]
}
