import ArgumentParser
import Foundation
import Logging
import Providers
import Settings
import Simulator
import Usage
import Web

/// The exporter over a simulated company: everything is real but the vendors.
struct Demo: Sendable {
  let web: ResolvedWebOptions
  let logger: Logger

  func run() async throws {
    let clock = SystemClock()
    let company = Company(.init(today: LocalCalendar.utc.day(at: clock.now())))
    var vendors = Simulator.Configuration()
    // Tess caches its pages for a minute, longer than anybody looks at a demo.
    vendors.tess.pageCache = 5
    try await Simulator(company: company, clock: clock, configuration: vendors).withRunning { simulator in
      let folder = try Self.temporaryFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let exporter = Exporter(
        settings: try Self.settings(for: simulator), statePath: folder, web: web, logger: logger, environment: [:])
      announce()
      try await exporter.run()
    }
  }

  /// Short intervals, so that a person sees counters grow.
  private static func settings(for simulator: Simulator) throws -> Settings {
    let configuration = """
      defaults:
        zero_hold: 10s
        restate_interval: 1m
      workspaces:
        - name: demo
          provider: langdock
          api_key: ${LANGDOCK_KEY}
          base_url: \(simulator.langdockURL)
          requests_per_minute: 600
          collectors:
            agents: { min_interval: 5s }
            projects: { min_interval: 5s }
            models: { min_interval: 5s }
            api_keys: { min_interval: 5s }
            users: { enabled: true, min_interval: 15s }
          budgets:
            month: { messages: 600000 }
        - name: demo
          provider: dust
          workspace_id: \(simulator.dustWorkspace)
          api_key: ${DUST_KEY}
          base_url: \(simulator.dustURL)
          requests_per_minute: 6000
          collectors:
            usage_metrics: { min_interval: 5s }
            active_users: { min_interval: 5s }
            agents: { min_interval: 5s }
            sources: { min_interval: 5s }
            skills: { min_interval: 5s }
            tools: { min_interval: 5s }
            feedback: { min_interval: 5s }
            users: { enabled: true, min_interval: 15s }
            consumption: { enabled: true, min_interval: 15s }
          budgets:
            month: { credits: 350000, messages: 120000 }
        - name: demo
          provider: tess
          workspace_id: \(simulator.tessWorkspace)
          api_key: ${TESS_KEY}
          base_url: \(simulator.tessURL)
          requests_per_minute: 10000
          collectors:
            executions: { min_interval: 5s }
          budgets:
            month: { credits: 25000 }
        - name: demo
          provider: agentphone
          api_key: ${AGENTPHONE_KEY}
          base_url: \(simulator.agentPhoneURL)
          requests_per_minute: 600
          collectors:
            agents: { min_interval: 5s }
            account: { min_interval: 5s }
            daily: { min_interval: 5s }
            numbers: { min_interval: 5s }
          budgets:
            month: { messages: 400000, calls: 60000 }

      """
    let loader = SettingsLoader(
      providers: ProviderRegistry.all.map(\.defaults),
      environment: [
        "LANGDOCK_KEY": simulator.langdockKey, "DUST_KEY": simulator.dustKey, "TESS_KEY": simulator.tessKey,
        "AGENTPHONE_KEY": simulator.agentPhoneKey,
      ],
      readFile: { _, _ in Array(configuration.utf8) })
    return try loader.load(file: "demo.yml")
  }

  private static func temporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "agent-usage-exporter-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  private func announce() {
    let url = web.addresses.first?.localURL ?? ListenAddress.standard.localURL
    Console.print(
      """
      A simulated company is being collected. Open:
        \(url)\(web.telemetryPath)   metrics: counters start at 0 and grow with every scrape
        \(url)/          where to go from here
      Ctrl-C ends it.
      """)
  }
}
