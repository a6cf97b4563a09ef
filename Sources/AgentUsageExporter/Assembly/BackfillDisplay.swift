import Backfill
import Foundation
import Ledger
import Logging
import Logs
import Synchronization
import Upstream
import Usage

/// Shows how far a backfill is: a bar on a terminal, else lines of the log.
final class BackfillDisplay: BackfillObserver {
  private struct State {
    var meter: ProgressMeter
    var pace: ProgressPace
    var weights: [BackfillUnit: Double] = [:]
    var missing: [BackfillUnit: Int] = [:]
    var notices: Set<String> = []
    var rejected: [CollectorID: Int] = [:]
    var drawnAt = Date.distantPast
    var isDrawn = false
  }

  private let state: Mutex<State>
  private let logger: Logger
  private let clock: any WallClock
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// Seconds between two drawings of the bar.
  private static let frame: TimeInterval = 0.2

  init(logger: Logger, clock: any WallClock) {
    self.logger = logger
    self.clock = clock
    let now = clock.now()
    state = Mutex(State(meter: ProgressMeter(total: 0, done: 0, left: 0, at: now), pace: ProgressPace(at: now)))
  }

  var requests: Int { state.withLock(\.meter.requests) }

  func began(_ units: [(unit: BackfillUnit, missing: Int, weight: Double)]) {
    let total = units.reduce(0) { $0 + $1.unit.span.count }
    let missing = units.reduce(0) { $0 + $1.missing }
    let left = units.reduce(0) { $0 + Double($1.missing) * $1.weight }
    update { state, now in
      state.meter = ProgressMeter(total: total, done: total - missing, left: left, at: now)
      for part in units {
        state.weights[part.unit] = part.weight
        state.missing[part.unit] = part.missing
      }
    }
    logger.info("reading the past", metadata: ["days": "\(total)", "read_before": "\(total - missing)"])
  }

  func read(_ unit: BackfillUnit, _ day: Day) {
    update { state, _ in
      guard let missing = state.missing[unit], missing > 0 else { return }
      state.missing[unit] = missing - 1
      state.meter.readDay(weighing: state.weights[unit] ?? 1)
    }
  }

  func finished(_ unit: BackfillUnit) {
    update { state, _ in
      state.meter.drop(state.missing.updateValue(0, forKey: unit) ?? 0, weighing: state.weights[unit] ?? 1)
    }
  }

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    update { state, _ in state.meter.countRequest() }
  }

  func waiting(_ id: CollectorID, _ failure: UpstreamFailure, until: Date) {
    end()
    logger.notice(
      "waiting",
      metadata: [
        "provider": "\(id.workspace.provider.rawValue)", "workspace": "\(id.workspace.name)",
        "collector": "\(id.name)", "reason": "\(failure.reason.rawValue)", "error": "\(failure.message)",
        "until": "\(until.formatted(.iso8601))",
      ])
  }

  func noticed(_ id: CollectorID, _ notice: String) {
    guard state.withLock({ $0.notices.insert("\(id) \(notice)").inserted }) else { return }
    end()
    logger.warning("\(id): \(notice)")
  }

  func rejected(_ id: CollectorID, _ rows: Int) {
    if rows > 0 { state.withLock { $0.rejected[id, default: 0] += rows } }
  }

  func wrote(_ series: Int, of total: Int) {
    if series == 1 { logger.info("writing", metadata: ["series": "\(total)"]) }
  }

  func tellRejected() {
    for (id, rows) in state.withLock(\.rejected).sorted(by: { $0.key.description < $1.key.description }) {
      logger.warning("rows were refused, the others count", metadata: ["collector": "\(id)", "rows": "\(rows)"])
    }
  }

  /// Leaves the line of the bar.
  func end() {
    let wasDrawn = state.withLock { state in
      defer { state.isDrawn = false }
      return state.isDrawn
    }
    if wasDrawn { Self.put("\n") }
  }

  private func update(_ change: (inout State, Date) -> Void) {
    let now = clock.now()
    let text = state.withLock { state -> String? in
      change(&state, now)
      guard state.meter.total > 0 else { return nil }
      if !isTerminal { return state.pace.isDue(percent: state.meter.percent, at: now) ? "" : nil }
      guard now.timeIntervalSince(state.drawnAt) >= Self.frame || state.meter.percent == 100 else { return nil }
      state.drawnAt = now
      state.isDrawn = true
      return state.meter.bar(at: now)
    }
    guard let text else { return }
    if text.isEmpty { log(at: now) } else { Self.put("\r\u{1B}[K" + text) }
  }

  private func log(at now: Date) {
    let meter = state.withLock(\.meter)
    logger.info(
      "reading",
      metadata: [
        "percent": "\(meter.percent)", "days": "\(meter.done)/\(meter.total)", "requests": "\(meter.requests)",
        "left": "\(meter.remainingText(at: now))",
      ])
  }

  private static func put(_ text: String) {
    StandardStream.error.write(text)
  }
}
