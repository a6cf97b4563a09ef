import Foundation
import Synchronization
import Upstream

/// Sees the answers of one workspace: how many requests were made, and what their dates say of this machine's clock.
final class AnswerWitness: RequestObserver {
  private struct State {
    var requests = 0
    var answers = 0
    var skews: [TimeInterval] = []
  }

  private let state = Mutex(State())

  var requests: Int { state.withLock { $0.requests } }
  var answers: Int { state.withLock { $0.answers } }
  /// By how many seconds this machine's clock was ahead of each answer's date.
  var skews: [TimeInterval] { state.withLock { $0.skews } }

  func answerBegan(_ head: WireHead, at now: Date) {
    // An answer out of a cache has the date of when it was put there.
    let date = head.first("age") == nil ? head.first("date").flatMap { HTTPDate.parse($0) } : nil
    state.withLock { state in
      state.answers += 1
      // A date has whole seconds, cut off: half of one later is right on average.
      if let date { state.skews.append(now.timeIntervalSince(date) - 0.5) }
    }
  }

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { $0.requests += 1 }
  }
}
