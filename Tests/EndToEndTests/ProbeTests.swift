import Foundation
import Simulator
import Testing
import Usage

/// Prometheus' multi-target pattern, as the README has it.
@Suite("Probes")
struct ProbeTests {
  @Test("each workspace is a target of its own, and the exporter another")
  func targets() async throws {
    let now = Date()
    let company = Company.empty(today: LocalCalendar.utc.day(at: now))
    company.addAgent(id: "l", name: "L", provider: .langdock)
    company.addAgent(id: "p", name: "P", provider: .agentphone)
    company.addMessages(3, agent: "l", at: now)
    company.addTexts(2, agent: "p", at: now)
    let scratch = try Scratch()
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = try scratch.write(
        "config.yml",
        ExporterProcess.configuration(simulator).replacingOccurrences(
          of: "- name: acme\n    provider: agentphone", with: "- name: acme-phones\n    provider: agentphone"))
      let exporter = try await ExporterProcess.start(
        ["serve", "--config.file", file, "--state.path", ":memory:"], environment: ExporterProcess.keys(simulator),
        in: scratch)
      let prometheus = try await Prometheus.start(
        configuration: Self.configuration(exporter.url.replacingOccurrences(of: "http://", with: "")),
        tsdb: scratch.path + "/tsdb", in: scratch)
      let agents = try await HTTP.poll("both workspaces") {
        let agents = try await prometheus.query("agentusage_agent_info")
        return agents.count >= 2 ? agents : nil
      }
      // A workspace's series come by its own target and by no other.
      let found = agents.map { [$0.labels["instance"], $0.labels["workspace"], $0.labels["agent_id"]] }
      #expect(Set(found) == [["acme", "acme", "l"], ["acme-phones", "acme-phones", "p"]] && found.count == 2)
      let up = try await HTTP.poll("all targets") {
        let up = try await prometheus.query("up")
        return up.count == 4 ? up : nil
      }
      let states = Dictionary(up.map { ("\($0.labels["job"] ?? "") \($0.labels["instance"] ?? "")", $0.value) }) { $1 }
      #expect(states["workspaces acme"] == 1 && states["workspaces acme-phones"] == 1, "\(states)")
      #expect(states["workspaces nobody"] == 0, "\(states)")
      #expect(states["exporter \(exporter.url.dropFirst("http://".count))"] == 1, "\(states)")
      let builds = try await prometheus.query("agentusage_exporter_build_info")
      #expect(builds.map { $0.labels["job"] } == ["exporter"])
      #expect(try await prometheus.query("agentusage_exporter_scrapes_total{job=\"workspaces\"}").isEmpty)
      exporter.child.signal(SIGTERM)
      #expect(await exporter.child.wait() == 0)
    }
  }

  /// - Parameter address: of the exporter.
  private static func configuration(_ address: String) -> String {
    """
    global: { scrape_interval: 1s, scrape_timeout: 1s }
    scrape_configs:
      - job_name: workspaces
        metrics_path: /probe
        static_configs: [{ targets: [acme, acme-phones, nobody] }]
        relabel_configs:
          - { source_labels: [__address__], target_label: __param_target }
          - { source_labels: [__param_target], target_label: instance }
          - { target_label: __address__, replacement: "\(address)" }
      - job_name: exporter
        metrics_path: /metrics
        params: { "collect[]": [exporter] }
        static_configs: [{ targets: ["\(address)"] }]
    """
  }
}
