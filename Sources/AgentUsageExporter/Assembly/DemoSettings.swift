import Foundation
import Providers
import Settings
import Simulator
import Usage

/// The configuration of the demo's workspaces.
enum DemoSettings {
  /// - Parameter isSteady: whether agents that never rest are used as evenly as over a past, which is far less: budgets
  ///   are for that then.
  static func load(for simulator: Simulator, isSteady: Bool) throws -> Settings {
    let text = configuration(simulator, isSteady ? .steady : .busy)
    let loader = SettingsLoader(
      providers: ProviderRegistry.all.map(\.defaults),
      environment: [
        "LANGDOCK_KEY": simulator.langdockKey, "DUST_KEY": simulator.dustKey, "TESS_KEY": simulator.tessKey,
        "AGENTPHONE_KEY": simulator.agentPhoneKey,
      ],
      readFile: { _, _ in Array(text.utf8) })
    return try loader.load(file: "demo.yml")
  }

  /// Of a calendar month.
  private struct Budgets {
    let langdock: String
    let dust: String
    let tess: String
    let agentphone: String

    static let busy = Budgets(
      langdock: "messages: 600000", dust: "credits: 350000, messages: 120000", tess: "credits: 25000",
      agentphone: "messages: 400000, calls: 60000")
    static let steady = Budgets(
      langdock: "messages: 160000", dust: "credits: 360000, messages: 80000", tess: "credits: 22000",
      agentphone: "messages: 60000, calls: 22000")
  }

  /// Short intervals, so that a person sees counters grow.
  private static func configuration(_ simulator: Simulator, _ budgets: Budgets) -> String {
    """
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
          month: { \(budgets.langdock) }
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
          month: { \(budgets.dust) }
      - name: demo
        provider: tess
        workspace_id: \(simulator.tessWorkspace)
        api_key: ${TESS_KEY}
        base_url: \(simulator.tessURL)
        requests_per_minute: 10000
        collectors:
          executions: { min_interval: 5s }
        budgets:
          month: { \(budgets.tess) }
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
          month: { \(budgets.agentphone) }
    """
  }
}

extension Settings {
  /// With a clock that runs `speed` times as fast, as often in real time as with one that does not; what is told late is
  /// looked for every six hours at least, the configuration's default.
  func inThePresent(speed: Double) -> Settings {
    changing { workspace in
      workspace.zeroHold *= speed
      workspace.restateInterval = min(workspace.restateInterval * speed, 6 * 3600)
      for index in workspace.collectors.indices { workspace.collectors[index].minInterval *= speed }
    }
  }

  /// With intervals of an exporter that nobody watches: a collection for each step, of large tables for each third.
  ///
  /// A day is read again a day after its end, when all that is told late has been told; more often only costs time.
  func inThePast(step: TimeInterval) -> Settings {
    let shortest = workspaces.flatMap(\.collectors).map(\.minInterval).min() ?? 1
    return changing { workspace in
      workspace.zeroHold = 120
      workspace.restateDays = 2
      workspace.restateInterval = 86_400
      for index in workspace.collectors.indices { workspace.collectors[index].minInterval *= step / shortest }
    }
  }

  /// Without the workspaces of other providers; with all of them if none is named.
  func only(_ providers: [ProviderKind]) -> Settings {
    guard !providers.isEmpty else { return self }
    var settings = self
    settings.workspaces.removeAll { !providers.contains($0.id.provider) }
    return settings
  }

  private func changing(_ change: (inout WorkspaceSettings) -> Void) -> Settings {
    var settings = self
    for index in settings.workspaces.indices { change(&settings.workspaces[index]) }
    return settings
  }
}
