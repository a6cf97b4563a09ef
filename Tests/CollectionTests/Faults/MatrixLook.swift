import TestSupport
import Usage

/// What of a scrape the matrix looks at.
struct MatrixLook: Sendable {
  let scrape: Scrape
  private let probe: MatrixProbe

  init(_ scrape: Scrape, _ probe: MatrixProbe) {
    self.scrape = scrape
    self.probe = probe
  }

  /// By entity; the workspace's under nothing.
  var counts: [String: Double] {
    guard let counter = probe.counter else { return [:] }
    return scrape.values(counter, where: ["provider": probe.provider.rawValue])
      .reduce(into: [:]) { $0[$1.key.labels[probe.label] ?? "", default: 0] += $1.value }
  }

  var succeeded: Bool { succeeded(probe.provider, probe.collector) }

  func succeeded(_ provider: ProviderKind, _ collector: String) -> Bool {
    scrape[
      "agentusage_collector_success",
      ["provider": provider.rawValue, "workspace": "acme", "collector": collector]] == 1
  }

  /// The reasons that have been counted since `earlier`, of requests and of rows.
  ///
  /// - Parameter restarted: whether the counters of the process began anew meanwhile; those of the ledger do not.
  func reasons(since earlier: MatrixLook?, restarted: Bool) -> (requests: Set<String>, rows: Set<String>) {
    (
      risen("agentusage_api_request_failures_total", restarted ? nil : earlier, ["provider": probe.provider.rawValue]),
      risen(
        "agentusage_collector_rejected_rows_total", earlier,
        ["provider": probe.provider.rawValue, "collector": probe.collector])
    )
  }

  private func risen(_ name: String, _ earlier: MatrixLook?, _ labels: [String: String]) -> Set<String> {
    let before = earlier?.scrape.values(name, where: labels) ?? [:]
    return Set(
      scrape.values(name, where: labels).filter { $0.value > before[$0.key] ?? 0 }
        .compactMap { $0.key.labels["reason"] })
  }
}
