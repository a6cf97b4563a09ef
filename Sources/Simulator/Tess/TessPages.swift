import Foundation
import Synchronization
import Usage

/// One page of the list as it was at one moment.
struct TessPage: Sendable {
  let rows: [TessRow]
  let hasMore: Bool
  /// Only counted where it is shown.
  let total: Int
  /// Names and models as they were then.
  let directory: Directory
  /// Milliseconds since 1970.
  let moment: Int64
}

/// The pages that are repeated for a while.
final class TessPages: Sendable {
  private struct State {
    var pages: [String: TessPage] = [:]
    /// How many may pile up before those that are too old are looked for.
    var sweepAt = 256
  }

  /// Milliseconds.
  private let lifetime: Int64
  private let state = Mutex(State())

  init(seconds: TimeInterval?) {
    lifetime = Int64((seconds ?? 0) * 1000)
  }

  /// - Parameter key: all that the page depends on but the log and the time.
  func page(_ key: String, at now: Int64, make: () -> TessPage) -> TessPage {
    guard lifetime > 0 else { return make() }
    if let page = state.withLock({ $0.pages[key] }), isFresh(page, at: now) { return page }
    let page = make()
    state.withLock { state in
      state.pages[key] = page
      guard state.pages.count >= state.sweepAt else { return }
      state.pages = state.pages.filter { isFresh($0.value, at: now) }
      state.sweepAt = max(256, state.pages.count * 2)
    }
    return page
  }

  private func isFresh(_ page: TessPage, at now: Int64) -> Bool {
    page.moment <= now && now < page.moment + lifetime
  }
}

/// So many requests of each key in a second of the injected clock; with no limit, all of them.
final class SecondLimiter: Sendable {
  private struct State {
    var second: Int64 = 0
    var used: [String: Int] = [:]
  }

  private let limit: Int?
  private let state = Mutex(State())

  init(_ limit: Int?) {
    self.limit = limit
  }

  /// - Returns: nil if the request is admitted, else the whole seconds after which the next one may be.
  func admit(_ key: String, _ now: Date) -> Int? {
    guard let limit else { return nil }
    let second = Int64(now.timeIntervalSince1970.rounded(.down))
    return state.withLock { state in
      if state.second != second { state = State(second: second) }
      guard state.used[key, default: 0] < limit else { return 1 }
      state.used[key, default: 0] += 1
      return nil
    }
  }
}
