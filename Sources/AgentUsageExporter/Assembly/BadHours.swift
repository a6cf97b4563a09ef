import Foundation
import Simulator
import Synchronization

/// The trouble that Tess has within the last day of a demo's past: it asks for patience once, then fails twice.
///
/// Without it whoever tries the demo would not see what trouble looks like.
final class BadHours: Sendable {
  /// Long enough ago that all is well again when the past ends, even where it is collected every six hours.
  private let begin: Date
  private let faults: Faults
  /// The last moment that was reached.
  private let reached = Mutex<Date?>(nil)

  init(before now: Date, faults: Faults) {
    begin = now - 20 * 3600
    self.faults = faults
  }

  /// Called with the time as it goes on. A past that begins later has no trouble.
  @Sendable func reach(_ moment: Date) {
    let last = reached.withLock { reached in
      defer { reached = moment }
      return reached
    }
    guard let last, last < begin, moment >= begin else { return }
    // To the letter of Tess' documentation, which knows no `Retry-After` header.
    faults.inject(.rateLimited(.bodySeconds(60)), at: .tess, times: 1)
    let failure = Fault.status(500, body: #"{"error":"Internal server error"}"#, contentType: "application/json")
    faults.inject(failure, at: .tess, sparing: 1, times: 2)
  }
}
