package import Foundation

/// How far a backfill is: a value, told of what happens, asked for what to show.
package struct ProgressMeter: Sendable {
  /// Days of collectors, all together.
  package let total: Int
  package private(set) var done: Int
  package private(set) var requests = 0
  /// What is still to be read, in requests more or less.
  private var left: Double
  /// What was read since the start, likewise.
  private var read = 0.0
  private let start: Date

  /// Seconds before which nothing is said of the time left: a minute's requests may come at once, and then no more.
  private static let patience: TimeInterval = 20

  package init(total: Int, done: Int, left: Double, at start: Date) {
    self.total = total
    self.done = done
    self.left = left
    self.start = start
  }

  package mutating func readDay(weighing weight: Double) {
    done += 1
    read += weight
    left = max(0, left - weight)
  }

  /// Days that will not be read after all.
  package mutating func drop(_ days: Int, weighing weight: Double) {
    done += days
    left = max(0, left - Double(days) * weight)
  }

  package mutating func countRequest() { requests += 1 }

  /// 0...100; 100 only when everything was read.
  package var percent: Int { total == 0 || done >= total ? 100 : done * 100 / total }

  /// Seconds, at the pace so far, waits included; nil before there is one.
  package func remaining(at now: Date) -> TimeInterval? {
    let elapsed = now.timeIntervalSince(start)
    guard elapsed >= Self.patience, read > 0 else { return nil }
    return elapsed / read * left
  }

  /// As `about 1h20m`.
  package func remainingText(at now: Date) -> String {
    guard let seconds = remaining(at: now) else { return "time left not known yet" }
    let minutes = Int((seconds / 60).rounded(.up))
    if minutes < 2 { return "about a minute left" }
    return minutes < 60 ? "about \(minutes)m left" : "about \(minutes / 60)h\(minutes % 60)m left"
  }

  /// For a terminal, in less than 80 columns.
  package func bar(at now: Date) -> String {
    let width = 20
    let filled = percent * width / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    return "[\(bar)] \(percent)% \(done)/\(total) days, \(requests) requests, \(remainingText(at: now))"
  }
}

/// When a line of progress goes to the log: each ten per cent, and each minute of silence.
package struct ProgressPace: Sendable {
  private var lastPercent = 0
  private var lastTime: Date

  package init(at start: Date) {
    lastTime = start
  }

  package mutating func isDue(percent: Int, at now: Date) -> Bool {
    guard percent / 10 > lastPercent / 10 || now.timeIntervalSince(lastTime) >= 60 else { return false }
    lastPercent = percent
    lastTime = now
    return true
  }
}
