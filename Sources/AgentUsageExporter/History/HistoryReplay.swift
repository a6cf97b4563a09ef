import Collection
import Exposition
import Foundation
import Logging
import Publication
import ServiceLifecycle
import Synchronization
import Usage

/// Moves the clock from scrape to scrape up to now, and scrapes.
final class HistoryReplay: Service {
  private let history: History
  private let coordinator: ScrapeCoordinator
  private let pipeline: Pipeline
  private let finished = Mutex<ScrapeRecorder?>(nil)

  /// A scrape of the past waits for its collections, however long the first of them take.
  private static let patience = Duration.seconds(600)
  /// Between two lines of the log, in seconds of the past.
  private static let week: TimeInterval = 7 * 86_400
  /// The process starts when its past ends. Its processor's time is told as it is, little in a past that takes a minute or
  /// two, and the present goes on from there.
  private static let excluded: Set<String> = ["process_start_time_seconds"]

  init(_ history: History, coordinator: ScrapeCoordinator, pipeline: Pipeline) {
    self.history = history
    self.coordinator = coordinator
    self.pipeline = pipeline
  }

  /// What was scraped; nil if the replay did not come to its end.
  var recording: ScrapeRecorder? { finished.withLock { $0 } }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.history.clock.leapToDeadlines() }
        group.addTask { await self.replay() }
        // The clock's leaps have no end of their own.
        _ = await group.next()
        group.cancelAll()
      }
    }
  }

  private func replay() async {
    var recorder = ScrapeRecorder(parts: 2, excluding: Self.excluded)
    var generation = -1
    var moment = history.clock.now()
    var reported = moment
    while moment <= history.wall.now() {
      if Task.isCancelled { return }
      history.clock.advance(to: moment)
      history.beforeScrape(moment)
      await scrape()
      recorder.beginTick()
      if history.plan.file != nil { record(&recorder, &generation) }
      if moment.timeIntervalSince(reported) >= Self.week {
        reported = moment
        history.logger.info("history", metadata: ["collected_until": "\(moment.formatted(.iso8601))"])
      }
      moment += history.plan.interval
    }
    if Task.isCancelled { return }
    finished.withLock { $0 = recorder }
  }

  private func scrape() async {
    let start = ContinuousClock.now
    let served = await coordinator.scrape(patience: Self.patience)
    pipeline.standing.countScrape(served: served.rawValue, seconds: start.duration(to: .now).seconds)
    pipeline.standing.countRequest(handler: history.telemetryPath, code: 200)
  }

  /// What is published seldom changes from scrape to scrape; what the exporter tells of itself always does.
  private func record(_ recorder: inout ScrapeRecorder, _ generation: inout Int) {
    let (current, document) = pipeline.publisher.document()
    if current != generation { recorder.take(document.encoded(.openMetrics, .identity), as: 0) }
    generation = current
    recorder.take(pipeline.standing.run(.openMetrics, .identity), as: 1)
  }
}
