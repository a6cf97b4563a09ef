package import Foundation
package import Publication
import Synchronization
package import Upstream

/// Counts the requests of one workspace.
package final class RequestCounter: RequestObserver {
  private let state: Mutex<RequestTally>

  package init(endpoints: [String]) {
    var tally = RequestTally()
    for endpoint in endpoints {
      tally.announce(endpoint: endpoint, reasons: UpstreamFailure.Reason.allCases.map(\.rawValue))
    }
    state = Mutex(tally)
  }

  package var tally: RequestTally { state.withLock { $0 } }

  package func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { tally in
      tally.count(endpoint: endpoint, status: status, failure: failure?.rawValue, seconds: seconds)
      if let limits { tally.note(limit: limits.limit, remaining: limits.remaining, reset: limits.reset) }
    }
  }
}
