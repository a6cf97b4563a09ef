import Exposition
import Usage

/// What the ledger tells of itself.
enum LedgerMetrics {
  private static let workspace = ["provider", "workspace"]

  static let excess = MetricDescriptor(
    "agentusage_ledger_excess", .gauge, workspace + ["measure"], .ledger,
    help: "What was counted beyond what the provider says now: the sum of its corrections downwards.")
  static let corrections = MetricDescriptor(
    "agentusage_ledger_corrections_total", .counter, workspace + ["measure"], .ledger,
    help: "How often the provider took usage back.")
  static let restored = MetricDescriptor(
    "agentusage_ledger_restored", .gauge, [], .ledger,
    help: "1 if a sound ledger with content was opened at the start, 0 if a new one was begun.")
  static let size = MetricDescriptor(
    "agentusage_ledger_size_bytes", .gauge, [], .ledger, unit: "bytes", help: "The size of the ledger on disk.")
  static let writeFailures = MetricDescriptor(
    "agentusage_ledger_write_failures_total", .counter, [], .ledger,
    help: "Transactions that could not be written; counters stay where they are until one can be.")

  static let perWorkspace = [excess, corrections]
  static let own = [restored, size, writeFailures]
  static let all = perWorkspace + own
}

/// What the exporter tells of itself.
enum ExporterMetrics {
  private static func own(
    _ name: String, _ kind: Family.Kind, _ labels: [String] = [], unit: String? = nil, help: String
  ) -> MetricDescriptor {
    MetricDescriptor(name, kind, labels, .exporter, unit: unit, help: help)
  }

  static let scrapes = own(
    "agentusage_exporter_scrapes_total", .counter, ["served"],
    help:
      "Scrapes by what they served: fresh (a collection was started and finished), joined (one under way was waited for), "
      + "late (the deadline came first) or cached (nothing was due).")
  static let scrapeDuration = own(
    "agentusage_exporter_scrape_duration_seconds", .histogram, unit: "seconds", help: "How long scrapes took.")
  static let httpRequests = own(
    "agentusage_exporter_http_requests_total", .counter, ["handler", "code"],
    help: "Requests to the exporter by handler and HTTP status.")
  static let reloadSuccessful = own(
    "agentusage_exporter_config_last_reload_successful", .gauge,
    help: "Whether the last reading of the configuration succeeded.")
  static let reloadTimestamp = own(
    "agentusage_exporter_config_last_reload_success_timestamp_seconds", .gauge, unit: "seconds",
    help: "When the configuration was last read with success.")
  static let build = own(
    "agentusage_exporter_build_info", .gauge, ["version", "swift_version"],
    help: "The version of the exporter; always 1.")

  static let cpu = own(
    "process_cpu_seconds_total", .counter, unit: "seconds", help: "Total user and system CPU time spent in seconds.")
  static let openDescriptors = own("process_open_fds", .gauge, help: "Number of open file descriptors.")
  static let maxDescriptors = own("process_max_fds", .gauge, help: "Maximum number of open file descriptors.")
  static let virtualMemory = own(
    "process_virtual_memory_bytes", .gauge, unit: "bytes", help: "Virtual memory size in bytes.")
  static let virtualMemoryLimit = own(
    "process_virtual_memory_max_bytes", .gauge, unit: "bytes",
    help: "Maximum amount of virtual memory available in bytes.")
  static let heap = own("process_heap_bytes", .gauge, unit: "bytes", help: "Process heap size in bytes.")
  static let residentMemory = own(
    "process_resident_memory_bytes", .gauge, unit: "bytes", help: "Resident memory size in bytes.")
  static let startTime = own(
    "process_start_time_seconds", .gauge, unit: "seconds",
    help: "Start time of the process since unix epoch in seconds.")
  static let threads = own("process_threads", .gauge, help: "Number of OS threads in the process.")

  static let all = [
    scrapes, scrapeDuration, httpRequests, reloadSuccessful, reloadTimestamp, build, cpu, openDescriptors,
    maxDescriptors, virtualMemory, virtualMemoryLimit, residentMemory, heap, startTime,
    threads,
  ]
}
