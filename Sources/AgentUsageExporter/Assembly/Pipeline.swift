import Collection
import Ledger
import Logging
import Publication
import Settings
import Upstream
import Usage

/// The exporter without its servers: what collects, counts and publishes.
struct Pipeline: Sendable {
  let ledger: Ledger
  let transports: TransportPool
  let publisher: Publisher
  let standing: ExporterStanding
  let clock: any WallClock

  /// What runs collections, and the workspaces that are collected.
  struct Collections: Sendable {
    let coordinator: ScrapeCoordinator
    let roster: WorkspaceRoster
  }

  /// The collections of the workspaces, with their books open.
  ///
  /// - Throws: `LedgerError`, or what reading a secret throws.
  func collections(_ settings: Settings, logger: Logger) async throws -> Collections {
    let shared = CollectionEnvironment(
      ledger: ledger, publisher: publisher, clock: clock, report: CollectionLog(logger: logger))
    let coordinator = ScrapeCoordinator(ledger: ledger, clock: clock, standing: standing)
    let roster = WorkspaceRoster(coordinator: coordinator, environment: shared, transports: transports)
    if let fault = try await roster.adopt(settings.workspaces).ledgerFault { throw fault }
    return Collections(coordinator: coordinator, roster: roster)
  }

  func close() async {
    await transports.shutdown()
    await ledger.close()
  }
}
