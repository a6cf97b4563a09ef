package import Foundation

/// Wall-clock time, injected everywhere so that a test can move it over a month's end in no time.
package protocol WallClock: Sendable {
  func now() -> Date

  /// - Throws: `CancellationError` if the task is cancelled first.
  func sleep(until deadline: Date) async throws
}

/// The machine's own clock.
package struct SystemClock: WallClock {
  package init() {}

  package func now() -> Date { Date() }

  package func sleep(until deadline: Date) async throws {
    let seconds = deadline.timeIntervalSinceNow
    if seconds > 0 { try await Task.sleep(for: .seconds(seconds)) }
  }
}

/// A clock that starts at a given date and runs `speed` times as fast as the machine's.
package struct ScaledClock: WallClock {
  private let epoch: Date
  private let origin: Date
  private let speed: Double

  package init(origin: Date, speed: Double, epoch: Date = Date()) {
    self.epoch = epoch
    self.origin = origin
    self.speed = max(speed, 0.000_001)
  }

  package func now() -> Date {
    origin.addingTimeInterval(Date().timeIntervalSince(epoch) * speed)
  }

  package func sleep(until deadline: Date) async throws {
    let seconds = deadline.timeIntervalSince(now()) / speed
    if seconds > 0 { try await Task.sleep(for: .seconds(seconds)) }
  }
}

extension Duration {
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
