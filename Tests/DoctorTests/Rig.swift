import Doctor
import Foundation
import Providers
import Settings
import Simulator
import TestSupport
import Testing
import Upstream
import Usage

/// Simulated vendors, and what an examination of workspaces there finds.
struct Rig: Sendable {
  let simulator: Simulator
  /// Stands still at the machine's time, so that no midnight falls into a test and the dates of answers are right.
  let clock: ManualClock

  /// A workspace of a vendor, with the collectors that are on by default.
  func workspace(
    _ kind: ProviderKind, key: String? = nil, remote: String? = nil, collectors: [String]? = nil
  ) throws -> WorkspaceSettings {
    let (url, goodKey, goodRemote) =
      switch kind {
      case .langdock: (simulator.langdockURL, simulator.langdockKey, String?.none)
      case .dust: (simulator.dustURL, simulator.dustKey, simulator.dustWorkspace)
      case .tess: (simulator.tessURL, simulator.tessKey, simulator.tessWorkspace)
      case .agentphone: (simulator.agentPhoneURL, simulator.agentPhoneKey, nil)
      }
    var settings = try Self.workspace(kind, at: url, key: key ?? goodKey, remote: remote ?? goodRemote)
    if let collectors {
      for index in settings.collectors.indices {
        settings.collectors[index].enabled = collectors.contains(settings.collectors[index].name)
      }
    }
    return settings
  }

  static func workspace(
    _ kind: ProviderKind, at url: String, key: String = "key", remote: String? = nil
  ) throws -> WorkspaceSettings {
    let adapter = try #require(ProviderRegistry.adapter(for: kind))
    var settings = WorkspaceSettings(
      "acme", provider: adapter.defaults, secret: .literal(Secret(key)), remoteWorkspace: remote)
    settings.baseURL = url
    return settings
  }

  func examine(_ workspaces: WorkspaceSettings..., regions: [String] = []) async -> Report {
    await Self.examine(workspaces, clock: clock, regions: regions)
  }

  static func examine(
    _ workspaces: [WorkspaceSettings], clock: any WallClock = SystemClock(), patience: Duration = .seconds(20),
    proxies: [String: String] = [:], regions: [String] = [], hasNetwork: Bool = true
  ) async -> Report {
    var timeouts = HTTPTransport.Timeouts()
    timeouts.overall = patience
    let transports = TransportPool(timeouts: timeouts, proxies: ProxyRules(environment: proxies))
    let examination = Examination(
      clock: clock, transports: transports, random: { 0.5 }, regions: { _ in regions },
      hasNetwork: { hasNetwork })
    let report = await examination.run(Settings(workspaces: workspaces))
    await transports.shutdown()
    return report
  }
}

/// Runs `body` before simulated vendors of a company in which everything was used today, by two people.
func withRig(
  _ change: @Sendable (inout Simulator.Configuration) -> Void = { _ in }, isEmpty: Bool = false,
  _ body: @Sendable (Rig) async throws -> Void
) async throws {
  let clock = ManualClock(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down)))
  let company = Company.empty(today: LocalCalendar.utc.day(at: clock.now()))
  if !isEmpty { fill(company, at: clock.now()) }
  var configuration = Simulator.Configuration()
  change(&configuration)
  try await Simulator(company: company, clock: clock, configuration: configuration).withRunning { simulator in
    try await body(Rig(simulator: simulator, clock: clock))
    simulator.faults.release()
  }
}

private func fill(_ company: Company, at now: Date) {
  for user in ["usr-1", "usr-2"] {
    company.addMessages(
      2, agent: "l1", at: now,
      .init { shape in (shape.user, shape.project, shape.model) = (user, "r1", "m1") })
    company.addMessages(1, agent: "l2", at: now, .init { $0.user = user })
    company.addDustMessages(2, agent: "d1", at: now, .init { $0.user = user })
    company.addDustMessages(1, agent: "d2", at: now, .init { $0.user = user })
    company.addExecutions(2, agent: "t1", at: now, .init { $0.user = user })
  }
  company.addRequests(1, apiKey: "k1", at: now)
  company.addNumber(id: "n1", number: "+12025550101", agent: "p1")
  company.addTexts(3, agent: "p1", number: "n1", at: now)
  company.addTexts(1, agent: "p2", at: now)
}

extension Report {
  /// The only workspace's collectors.
  var collectors: [CollectorReport] { workspaces.first?.collectors ?? [] }

  var verdicts: [Verdict] { collectors.map(\.verdict) }
}
