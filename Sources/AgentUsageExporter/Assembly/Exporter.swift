import ArgumentParser
import Collection
import Foundation
import Ledger
import Logging
import Publication
import ServiceLifecycle
import Settings
import UnixSignals
import Upstream
import Usage
import Web

/// The running exporter: ledger, collections and servers, from start to stop.
struct Exporter: Sendable {
  let settings: Settings
  let statePath: String
  let web: ResolvedWebOptions
  let logger: Logger
  let environment: [String: String]
  var clock: any WallClock = SystemClock()
  /// Long-running things that must be up before the first collection.
  var companions: [any Service] = []

  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Throws: `ExitCode` after saying why it cannot start.
  func run() async throws {
    let ledger: Ledger
    do {
      ledger = try await openLedger()
    } catch {
      logger.error("cannot start", metadata: ["error": "\(error)"])
      throw ExitCode(1)
    }
    let transports = TransportPool(proxies: ProxyRules(environment: environment))
    let standing = ExporterStanding(
      version: Version.number, served: Served.allCases.map(\.rawValue), loadedAt: clock.now())
    let publisher = Publisher()
    let coordinator: ScrapeCoordinator
    do {
      coordinator = try await open(ledger, transports, publisher, standing)
    } catch {
      logger.error("cannot start", metadata: ["error": "\(error)"])
      throw ExitCode(1)
    }
    let responder = ExporterResponder(
      coordinator: coordinator, publisher: publisher, standing: standing, telemetryPath: web.telemetryPath,
      timeout: web.timeout, version: Version.number)
    defer { logger.info("stopped") }
    do {
      try await serve(responder, coordinator)
    } catch {
      // The usual one is an address that is taken.
      logger.error("server failed", metadata: ["error": "\(error)"])
      await close(ledger, transports)
      throw ExitCode(1)
    }
    await close(ledger, transports)
  }

  private func openLedger() async throws(LedgerError) -> Ledger {
    let ledger = try Ledger.open(path: statePath, at: clock.now())
    if let aside = ledger.movedAside {
      logger.error(
        "the ledger was damaged; it was moved aside and a new one begun", metadata: ["moved_to": "\(aside)"])
    }
    return ledger
  }

  private func open(
    _ ledger: Ledger, _ transports: TransportPool, _ publisher: Publisher, _ standing: ExporterStanding
  ) async throws -> ScrapeCoordinator {
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

  private func serve(_ responder: ExporterResponder, _ coordinator: ScrapeCoordinator) async throws {
    let servers = web.addresses.map { address in
      ExporterServer.make(responder, on: address, logger: quiet(logger)) { port in
        logger.info(
          "listening", metadata: ["address": "\(ListenAddress(host: address.host, port: port))"])
      }
    }
    // Stopped in reverse order: first no more collections, so that scrapes under way answer with what there is.
    var configuration = ServiceGroupConfiguration(
      services: companions + servers + [CollectionService(coordinator: coordinator)],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(logger))
    configuration.maximumGracefulShutdownDuration = .seconds(4)
    try await ServiceGroup(configuration: configuration).run()
  }

  private func close(_ ledger: Ledger, _ transports: TransportPool) async {
    await transports.shutdown()
    await ledger.close()
  }

  /// The libraries speak only when something is wrong, unless details are wanted.
  private func quiet(_ logger: Logger) -> Logger {
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, logger.logLevel <= .debug ? logger.logLevel : .warning)
    return quiet
  }
}

/// Runs the collections that scrapes start, until the exporter stops.
struct CollectionService: Service {
  let coordinator: ScrapeCoordinator

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await coordinator.run()
    }
  }
}
