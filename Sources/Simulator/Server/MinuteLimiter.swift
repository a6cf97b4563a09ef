import Foundation
import Synchronization

/// So many requests in each minute of the injected clock; with no limit, all of them.
final class MinuteLimiter: Sendable {
  private let limit: Int?
  private let state = Mutex<(minute: Int64, used: Int)>((0, 0))

  init(_ limit: Int?) {
    self.limit = limit
  }

  /// - Returns: nil if the request is admitted, else the seconds until the next minute.
  func admit(_ now: Date) -> Int? {
    guard let limit else { return nil }
    let second = Int64(now.timeIntervalSince1970.rounded(.down))
    return state.withLock { state in
      if state.minute != second / 60 { state = (second / 60, 0) }
      guard state.used < limit else { return 60 - Int(second % 60) }
      state.used += 1
      return nil
    }
  }
}
