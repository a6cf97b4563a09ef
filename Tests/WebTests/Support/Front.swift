import Collection
import Foundation
import Ledger
import Publication
import Settings
import StatusPage
import TestSupport
import Upstream
import Usage
import Web

/// What stands behind the routes: a pipeline of workspaces that ask nobody.
struct Front: Sendable {
  let responder: ExporterResponder
  let standing: ExporterStanding
  let publisher = Publisher()

  init(
    _ workspaces: [WorkspaceID] = [], telemetryPath: String = "/metrics", settings: Settings = Settings(workspaces: []),
    lifecycle: Lifecycle = Lifecycle()
  ) async throws {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_763_560_800))
    let ledger = try Ledger(database: .inMemory())
    standing = ExporterStanding(version: "test", served: Served.allCases.map(\.rawValue), loadedAt: clock.now())
    let environment = CollectionEnvironment(ledger: ledger, publisher: publisher, clock: clock, report: Silence())
    let coordinator = ScrapeCoordinator(ledger: ledger, clock: clock, standing: standing)
    let roster = WorkspaceRoster(
      coordinator: coordinator, environment: environment,
      transports: TransportPool(proxies: ProxyRules(environment: [:])))
    _ = try await roster.adopt(workspaces.map(Self.idle))
    responder = ExporterResponder(
      coordinator: coordinator, publisher: publisher, standing: standing, telemetryPath: telemetryPath,
      timeout: ScrapeTimeout(offset: 0.5), collectors: ["agents", "daily"],
      page: try StatusPage(version: "1.2.3<>", telemetryPath: telemetryPath),
      reader: StatusReader(coordinator: coordinator, clock: clock), settings: { settings }, lifecycle: lifecycle)
  }

  private struct Silence: CollectionReporter {
    func collectionEnded(_ id: CollectorID, _ outcome: CollectionOutcome) {}
    func ledgerChanged(failure: LedgerError?) {}
  }

  /// A workspace without collectors: it is published, and asks nobody.
  private static func idle(_ id: WorkspaceID) -> WorkspaceSettings {
    let defaults = ProviderDefaults(
      kind: id.provider, baseURL: "http://127.0.0.1:9", requestsPerMinute: 60, collectors: [])
    return WorkspaceSettings(id.name, provider: defaults, secret: .literal(Secret("unused")))
  }
}
