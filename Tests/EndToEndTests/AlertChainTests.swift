import Foundation
import Synchronization
import Testing

/// From the provider to the person: simulator, exporter, Prometheus with the shipped rules, Alertmanager, webhook.
///
/// A day passes in a minute: the demo's clock runs fast, its past is drawn together likewise, and the rules' durations are
/// divided by the same factor.
@Suite("A spike")
struct AlertChainTests {
  private static let speed = 1440.0
  private static let agent = "agent_service"

  @Test("reaches the webhook with the agent's name, and resolves when it is over")
  func spike() async throws {
    let scratch = try Scratch()
    let file = scratch.path + "/history.om"
    // The next midnight is at most a minute away.
    let exporter = try await ExporterProcess.start(
      [
        "demo", "--provider", "agentphone", "--history", "36d", "--history.step", "1h", "--history.interval", "1h",
        "--history.file", file, "--clock.speed", "1440", "--incident", "\(Self.agent)=1",
      ], in: scratch, within: .seconds(300))
    // Until Prometheus does: an exporter that nobody scrapes has a day to catch up on after a minute, and says so.
    // Ended by a word and not cancelled: URLSession may wait for itself when a request under way is.
    let isScraped = Mutex(true)
    Task { while isScraped.withLock({ $0 }) { _ = try? await HTTP.scrape(exporter.url + "/metrics") } }
    defer { isScraped.withLock { $0 = false } }
    let span = try HistorySpan(of: file)
    let tsdb = scratch.path + "/tsdb"
    try await blocks(of: file, into: tsdb, scratch)
    let rules = try RuleFiles.shipped().faster(Self.speed, floor: 6)
    try await RecordedHistory(scratch: scratch, tsdb: tsdb).record(
      rules, from: span.first, to: span.last, every: "5s", lookBack: "8s")

    let webhook = Webhook()
    try await webhook.withRunning { address in
      let alertmanager = try await Alertmanager.start(notifying: address, in: scratch)
      let prometheus = try await Prometheus.start(
        configuration: try configuration(exporter, alertmanager, rules, scratch),
        options: ["--query.lookback-delta=8s"], tsdb: tsdb, in: scratch)
      isScraped.withLock { $0 = false }
      // The past ends before the day of the incident: until then the agent is below the limits of both severities, and what
      // fires later is about that day.
      let end = span.last.timeIntervalSince1970
      let mine = "agent_id=\"\(Self.agent)\""
      let shares = try await prometheus.query(
        """
        agent_measure:agentusage_used:limit1d{\(mine)} @ \(end)
          - ignoring (severity) group_left () agent_measure:agentusage_used:increase1d{\(mine)} @ \(end)
        """)
      #expect(!shares.isEmpty && shares.allSatisfy { $0.value > 0 }, "\(shares)")
      func arrived(_ alert: String, _ status: String) -> Webhook.Alert? {
        webhook.alerts.first { $0.name == alert && $0.status == status && $0.labels["agent_id"] == Self.agent }
      }

      let firing = try await HTTP.poll("the spike at the webhook", for: .seconds(240)) {
        arrived("AgentUsageSpike", "firing")
      }
      #expect(firing.labels["provider"] == "agentphone")
      #expect(firing.labels["workspace"] == "demo")
      #expect(firing.annotations["description"]?.hasPrefix("Service-Telefon (agentphone/demo) used ") == true)
      #expect(firing.annotations["runbook_url"]?.hasSuffix("#agentusagespike") == true)
      _ = try await HTTP.poll("its end at the webhook", for: .seconds(300)) { arrived("AgentUsageSpike", "resolved") }
      // Nobody else was used more than usual.
      let others = webhook.alerts.filter {
        $0.name == "AgentUsageSpike" && $0.labels["severity"] == "warning" && $0.labels["agent_id"] != Self.agent
      }
      #expect(others.isEmpty, "\(others.map(\.labels))")

      exporter.child.signal(SIGTERM)
      await exporter.child.wait()
      _ = try await HTTP.poll("the exporter's end at the webhook", for: .seconds(60)) {
        webhook.alerts.first { $0.name == "AgentUsageExporterDown" && $0.status == "firing" }
      }
      prometheus.child.signal(SIGTERM)
      await prometheus.child.wait()
      alertmanager.signal(SIGTERM)
      await alertmanager.wait()
    }
  }

  private func blocks(of file: String, into tsdb: String, _ scratch: Scratch) async throws {
    let promtool = try Child(
      try Child.find("promtool"),
      ["tsdb", "create-blocks-from", "openmetrics", "-q", "--max-block-duration=168h", file, tsdb], in: scratch.path)
    try #require(await promtool.wait() == 0, "\(promtool.log)")
  }

  private func configuration(
    _ exporter: ExporterProcess, _ alertmanager: Alertmanager, _ rules: RuleFiles, _ scratch: Scratch
  ) throws -> String {
    let target = exporter.url.replacing("http://", with: "")
    return """
      global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
      rule_files: ["\(try scratch.write("rules.yml", try rules.text()))"]
      alerting:
        alertmanagers: [{ static_configs: [{ targets: ["\(alertmanager.address)"] }] }]
      scrape_configs:
        - job_name: agent-usage
          static_configs: [{ targets: ["\(target)"] }]
      """
  }
}
