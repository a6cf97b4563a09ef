import Foundation

/// Tells on standard error how far the evaluation is, and after how many seconds.
struct Progress: Sendable {
  private let start = ContinuousClock.now

  func tell(_ text: String) {
    let seconds = (ContinuousClock.now - start).components.seconds
    FileHandle.standardError.write(Data("\(seconds) s  \(text)\n".utf8))
  }
}
