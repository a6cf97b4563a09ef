import Logs
import Synchronization

/// One line of a terminal on standard error that says how far things are, and goes away at the end.
final class ProgressLine: Sendable {
  private let total: Int
  private let begun = Mutex(0)

  init(of total: Int) {
    self.total = total
  }

  /// The next step begins.
  func show(_ step: String) {
    begun.withLock { begun in
      begun += 1
      write("\(begun)/\(total) \(step)")
    }
  }

  func clear() { write("") }

  /// Back to the line's start, and what was there is erased.
  private func write(_ text: String) {
    StandardStream.error.write("\r\u{1B}[K\(text)")
  }
}
