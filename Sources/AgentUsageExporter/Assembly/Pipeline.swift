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

  /// The collections of the workspaces, with their books open.
  ///
  /// - Throws: `LedgerError`, or what reading a secret throws.
  func coordinator(_ settings: Settings, logger: Logger) async throws -> ScrapeCoordinator {
    let shared = CollectionEnvironment(
      ledger: ledger, publisher: publisher, clock: clock, report: CollectionLog(logger: logger))
    let workspaces = try settings.workspaces.map {
      try WorkspaceAssembly.make($0, environment: shared, transports: transports)
    }
    let coordinator = ScrapeCoordinator(
      workspaces: workspaces, ledger: ledger, clock: clock, standing: standing)
    try await coordinator.open()
    return coordinator
  }

  func close() async {
    await transports.shutdown()
    await ledger.close()
  }
}
