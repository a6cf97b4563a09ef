import Collection
import Exposition
import Foundation
import Ledger
import Logging
import Publication
import ServiceLifecycle
import Settings
import UnixSignals
import Usage

/// A past that the exporter goes through before it serves, as fast as it can be collected: afterwards the ledger is as if
/// the exporter had run all the time.
struct History: Sendable {
  let plan: HistoryPlan
  /// Where the past ends.
  let wall: any WallClock
  /// Stands at the history's start; afterwards it is the one that the exporter goes on by.
  let clock: SteppedClock
  /// The clock that this one goes on as, given the moment at which it does.
  let present: @Sendable (Date) -> any WallClock
  /// How many times faster than Prometheus' the time of ``present`` runs.
  let speed: Double
  /// Of the workspaces in the past, which may be collected less often then.
  let settings: Settings
  /// The label `instance` of a Prometheus that scrapes the exporter.
  let instance: String
  let telemetryPath: String
  let logger: Logger
  /// Called with the moment of each scrape, for what happens outside of the exporter meanwhile.
  var beforeScrape: @Sendable (Date) -> Void = { _ in }

  /// The label `job` in the file.
  static let job = "agent-usage"

  /// - Returns: false if the exporter was told to stop meanwhile.
  /// - Throws: ``HistoryFault`` if the file cannot be written, `LedgerError`, or what the services throw.
  func run(over pipeline: Pipeline) async throws -> Bool {
    let file = try plan.file.map { path throws(HistoryFault) in try HistoryFile(path: path) }
    guard let recorder = try await relive(pipeline) else { return false }
    let now = wall.now()
    clock.advance(to: now)
    if let file { try await write(recorder, to: file, end: now) }
    try await forgetPace(pipeline.ledger)
    clock.handOver(to: present(now))
    return true
  }

  /// Collects the past and records what would have been scraped.
  ///
  /// - Returns: nil if the exporter was told to stop before the end.
  private func relive(_ pipeline: Pipeline) async throws -> ScrapeRecorder? {
    let coordinator = try await pipeline.collections(settings, logger: logger.quiet).coordinator
    let replay = HistoryReplay(
      self, coordinator: coordinator, pipeline: pipeline)
    typealias Service = ServiceGroupConfiguration.ServiceConfiguration
    var configuration = ServiceGroupConfiguration(
      services: [
        Service(service: BackgroundService { await coordinator.run() }),
        Service(service: replay, successTerminationBehavior: .gracefullyShutdownGroup),
      ], logger: logger.quiet)
    configuration.gracefulShutdownSignals = [.sigterm, .sigint]
    configuration.maximumGracefulShutdownDuration = .seconds(4)
    try await ServiceGroup(configuration: configuration).run()
    return replay.recording
  }

  private func write(_ recorder: ScrapeRecorder, to file: HistoryFile, end: Date) async throws(HistoryFault) {
    let timeline = HistoryTimeline(start: plan.start, end: end, interval: plan.interval, speed: speed)
    let labels = LabelSet([Label("job", Self.job), Label("instance", instance)])
    let size = try await file.write(recorder, at: timeline.timestamps(recorder.ticks), adding: labels)
    logger.info(
      "history written",
      metadata: ["file": "\(file.path)", "bytes": "\(size)", "series": "\(recorder.seriesCount)"])
  }

  /// The intervals of the past are not those of the present: everything is due at once.
  private func forgetPace(_ ledger: Ledger) async throws(LedgerError) {
    for workspace in settings.workspaces {
      for collector in workspace.collectors {
        let id = CollectorID(workspace.id, collector.name)
        guard var progress = await ledger.book(of: id)?.progress else { continue }
        progress.nextAttempt = nil
        try await ledger.record(progress, for: id)
      }
    }
  }
}
