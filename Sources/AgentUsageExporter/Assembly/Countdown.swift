import Synchronization

/// Tells which of several events is the last.
final class Countdown: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) {
    left = Mutex(count)
  }

  /// - Returns: whether this was the last one.
  func step() -> Bool {
    left.withLock { left in
      left -= 1
      return left == 0
    }
  }
}
