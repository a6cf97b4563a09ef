import Foundation
package import Publication
import Synchronization
package import Upstream

/// Counts the requests of one workspace.
package final class RequestCounter: RequestObserver {
  private let state = Mutex(RequestTally())

  package init(endpoints: [String]) {
    announce(endpoints)
  }

  /// Has the series of these endpoints there from the start.
  func announce(_ endpoints: [String]) {
    state.withLock { tally in
      for endpoint in endpoints {
        tally.announce(endpoint: endpoint, reasons: UpstreamFailure.Reason.allCases.map(\.rawValue))
      }
    }
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

/// Counts the requests of one collection, and passes them on.
final class CollectionRequests: RequestObserver {
  private let workspace: RequestCounter
  private let state = Mutex(0)

  init(_ workspace: RequestCounter) {
    self.workspace = workspace
  }

  var count: Int { state.withLock { $0 } }

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { $0 += 1 }
    workspace.requestEnded(endpoint: endpoint, status: status, failure: failure, seconds: seconds, limits: limits)
  }
}
