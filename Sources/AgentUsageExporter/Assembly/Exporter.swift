import ArgumentParser
import Collection
import Foundation
import Ledger
import Logging
import Providers
import Publication
import ServiceLifecycle
import Settings
import StatusPage
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
  /// Read again at each reload; nil if there is nothing to reload.
  var source: SettingsSource?
  var clock: any WallClock = SystemClock()
  /// Gone through before anything is served.
  var history: History?
  /// Told that the past is over and the present begins.
  var ready: @Sendable () -> Void = {}
  /// Long-running things that must be up before the first collection.
  var companions: [any Service] = []

  /// Serves until SIGTERM or SIGINT.
  ///
  /// - Throws: `ExitCode` after saying why it cannot start.
  func run() async throws {
    let pipeline = try await starting { try await openPipeline() }
    do {
      try await run(pipeline)
    } catch {
      await pipeline.close()
      throw error
    }
    await pipeline.close()
  }

  private func run(_ pipeline: Pipeline) async throws {
    guard try await starting({ try await history?.run(over: pipeline) ?? true }) else { return }
    let collections = try await starting { try await pipeline.collections(settings, logger: logger) }
    let page = try await starting { try StatusPage(version: Version.number, telemetryPath: web.telemetryPath) }
    let running = RunningSettings(settings)
    let reloader = source.map { makeReloader($0, pipeline, collections, running) }
    defer { logger.info("stopped") }
    ready()
    do {
      let responder = responder(pipeline, collections.coordinator, page, running, reloader)
      try await serve(responder, pipeline.standing, collections.coordinator, reloader)
    } catch {
      // The usual one is an address that is taken.
      logger.error("server failed", metadata: ["error": "\(error)"])
      throw ExitCode(1)
    }
  }

  private func starting<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch {
      logger.error("cannot start", metadata: ["error": "\(error)"])
      throw ExitCode(1)
    }
  }

  private func openPipeline() async throws(LedgerError) -> Pipeline {
    let ledger = try Ledger.open(path: statePath, at: clock.now())
    if let aside = ledger.movedAside {
      logger.error(
        "the ledger was damaged; it was moved aside and a new one begun", metadata: ["moved_to": "\(aside)"])
    }
    return Pipeline(
      ledger: ledger, transports: TransportPool(proxies: ProxyRules(environment: environment)), publisher: Publisher(),
      standing: ExporterStanding(
        version: Version.number, served: Served.allCases.map(\.rawValue), loadedAt: clock.now()),
      clock: clock)
  }

  private func responder(
    _ pipeline: Pipeline, _ coordinator: ScrapeCoordinator, _ page: StatusPage, _ running: RunningSettings,
    _ reloader: Reloader?
  ) -> ExporterResponder {
    var lifecycle = Lifecycle()
    if let reloader, web.enableLifecycle { lifecycle = Lifecycle { await reloader.reload() } }
    return ExporterResponder(
      coordinator: coordinator, publisher: pipeline.publisher, standing: pipeline.standing,
      telemetryPath: web.telemetryPath, timeout: web.timeout,
      collectors: Set(ProviderRegistry.all.flatMap { $0.defaults.collectors.map(\.name) }), page: page,
      reader: StatusReader(coordinator: coordinator, clock: clock), settings: { running.settings },
      lifecycle: lifecycle)
  }

  private func makeReloader(
    _ source: SettingsSource, _ pipeline: Pipeline, _ collections: Pipeline.Collections, _ running: RunningSettings
  ) -> Reloader {
    let manager = ServiceManager(environment: environment)
    let reload = Reload(
      source: source, roster: collections.roster, running: running, security: web.security,
      standing: pipeline.standing, clock: clock, logger: logger)
    return Reloader {
      manager.reloading()
      defer { manager.ready() }
      return await reload.perform()
    }
  }

  private func serve(
    _ responder: ExporterResponder, _ standing: ExporterStanding, _ coordinator: ScrapeCoordinator,
    _ reloader: Reloader?
  ) async throws {
    let manager = ServiceManager(environment: environment)
    let guarded = GuardedResponder(
      responder, security: web.security, standing: standing, telemetryPath: web.telemetryPath)
    let unbound = Countdown(web.endpoints.count)
    let servers = web.endpoints.map { endpoint in
      ExporterServer.make(guarded, on: endpoint, security: web.security, logger: logger.quiet) { address in
        logger.info("listening", metadata: ["address": "\(address)", "tls": "\(web.security?.usesTLS ?? false)"])
        if unbound.step() { manager.ready() }
      }
    }
    var services: [any Service] = companions + servers
    if let reloader { services.append(reloader) }
    services.append(BackgroundService { await responder.keepBodiesReady() })
    // Stopped in reverse order: first no more collections, so that scrapes under way answer with what there is.
    services.append(BackgroundService { await coordinator.run() })
    services.append(StopNotice(manager: manager))
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger.quiet)
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    try await ServiceGroup(configuration: configuration).run()
  }
}

/// Goes on until the exporter stops.
struct BackgroundService: Service {
  let work: @Sendable () async -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await work()
    }
  }
}

extension Logger {
  /// For the libraries, which speak only when something is wrong, unless details are wanted.
  var quiet: Logger {
    var quiet = self
    quiet.logLevel = logLevel <= .debug ? logLevel : max(logLevel, .warning)
    return quiet
  }
}
