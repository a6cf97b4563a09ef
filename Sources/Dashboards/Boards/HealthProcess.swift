/// The panels about the exporter's own process: it is scraped continuously, so rates are over `$__rate_interval`.
enum HealthProcess {
  static let panels: [Panel] = [
    .table(
      "Exporters", "Version, time since the start, and whether the configuration was read at the last attempt.",
      [
        .label("instance", "Exporter"), .label("version", "Version"), .label("swift_version", "Swift"),
        .rows(Series.exporter("agentusage_exporter_build_info").value.max(by: "instance", "version", "swift_version")),
        .value(
          "Up for", .now - own("process_start_time_seconds"), unit: .seconds,
          // Just started: counters may be catching up.
          thresholds: Thresholds(base: "yellow", steps: [(600, "text")])),
        .value(
          "Configuration", own("agentusage_exporter_config_last_reload_successful"),
          mappings: Mapping.of(no: ("refused", "red"), yes: ("read", "green"))),
        .value(
          "Read", own("agentusage_exporter_config_last_reload_success_timestamp_seconds") * .number(1000),
          unit: .fromNow, decimals: nil),
      ], sortedBy: "Exporter", descending: false, height: 5
    ).leading(to: Lead.runbook("AgentUsageExporterDown"), Lead.runbook("AgentUsageConfigReloadFailed")),
    .lines(
      "Scrapes per hour by what they served",
      "Fresh waited for a collection that they began, joined for one under way; late met the deadline first; cached had nothing to wait for.",
      [.range(hourly("agentusage_exporter_scrapes_total").sum(by: "served"), "{{served}}")], unit: .count, decimals: 0
    ).leading(to: Lead.runbook("AgentUsageDataStale")),
    .lines(
      "Duration of scrapes",
      "Half, 95 and 99 of a hundred scrapes took at most this long. The deadline is Prometheus' scrape timeout less half a second.",
      [("0.5", "half"), ("0.95", "95 %"), ("0.99", "99 %")].map { quantile, name in
        .range(
          Expression(
            "histogram_quantile(\(quantile), \(rate("agentusage_exporter_scrape_duration_seconds_bucket").sum(by: "le").text))"
          ), name)
      }, unit: .seconds, decimals: 2,
      // Prometheus' own default for a scrape's timeout is 10 seconds.
      thresholds: .limits(warning: 5, critical: 9.5)
    ).leading(to: Lead.runbook("AgentUsageDataStale"), Lead.runbook("AgentUsageExporterDown")),
    .lines(
      "Requests to the exporter per hour", "HTTP requests by handler and status.",
      [
        .range(
          hourly("agentusage_exporter_http_requests_total").sum(by: "handler", "code"), "{{handler}} {{code}}")
      ], unit: .count, decimals: 0
    ).empty(means: "nothing but scrapes was asked for"),
    .lines(
      "Processor", "Seconds of processor time a second: 1 is one core in full use.",
      [.range(rate("process_cpu_seconds_total").max(by: "instance"), "{{instance}}")], decimals: 3,
      thresholds: .limits(warning: 0.5, critical: 1)),
    .lines(
      "Memory", "Resident memory, and heap, which is only what the allocator has taken.",
      [
        .range(own("process_resident_memory_bytes"), "{{instance}} resident"),
        .range(own("process_heap_bytes"), "{{instance}} heap"),
      ], unit: .bytes, decimals: 0),
    .lines(
      "File descriptors and threads",
      "Open file descriptors and threads. The descriptors' limit is not drawn; it is in `process_max_fds`.",
      [
        .range(own("process_open_fds"), "{{instance}} descriptors"),
        .range(own("process_threads"), "{{instance}} threads"),
      ], unit: .count, decimals: 0),
  ]

  private static func own(_ name: String) -> Expression { Series.exporter(name).value.max(by: "instance") }

  private static func hourly(_ name: String) -> Expression { rate(name) * .number(3600) }

  private static func rate(_ name: String) -> Expression {
    Expression("rate(\(Series.exporter(name).value.text)[$__rate_interval])")
  }
}
