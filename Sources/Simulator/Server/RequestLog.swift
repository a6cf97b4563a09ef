package import Foundation
import Synchronization

/// What the simulator was asked, for tests that count calls and look for leaked credentials.
package final class RequestLog: Sendable {
  package struct Entry: Sendable, Equatable {
    package let service: SimulatedService
    package let method: String
    /// Without the query, and without the `/api/public` of dedicated deployments.
    package let path: String
    package let query: String
    /// By the injected clock.
    package let time: Date
    /// Whether there was an `Authorization` header, whatever was in it.
    package let hadAuthorization: Bool
    package let subAccount: String?
    /// `x-workspace-id`.
    package let workspaceID: String?
    package let userAgent: String?
    package let acceptEncoding: String?
    package let body: String
    /// nil while it is not answered, and for ever if the client does not wait.
    package var status: Int?
  }

  private struct State {
    var entries: [Entry] = []
    var dropped = 0
    var inFlight: [SimulatedService: Int] = [:]
    var highWater: [SimulatedService: Int] = [:]
  }

  /// Only the latest of so many are kept, since a demo may run for weeks.
  private let capacity = 50_000
  private let state = Mutex(State())

  package init() {}

  package var requests: [Entry] { state.withLock(\.entries) }

  package func requests(to service: SimulatedService, path prefix: String = "/") -> [Entry] {
    requests.filter { $0.service == service && $0.path.hasPrefix(prefix) }
  }

  package func count(_ service: SimulatedService, path prefix: String = "/") -> Int {
    requests(to: service, path: prefix).count
  }

  /// Requests to the download storage that carried credentials, which they never may.
  package var leakedCredentials: [Entry] { requests(to: .langdockStorage).filter(\.hadAuthorization) }

  /// The most requests that were ever under way at once.
  package func highWater(_ service: SimulatedService) -> Int { state.withLock { $0.highWater[service] ?? 0 } }

  package func clear() {
    state.withLock { state in
      state.dropped += state.entries.count
      state.entries = []
      state.highWater = state.inFlight
    }
  }

  /// - Returns: the request's number, for ``finish(_:service:status:)``.
  func begin(_ entry: Entry) -> Int {
    state.withLock { state in
      state.entries.append(entry)
      if state.entries.count > capacity {
        state.entries.removeFirst(capacity / 10)
        state.dropped += capacity / 10
      }
      state.inFlight[entry.service, default: 0] += 1
      state.highWater[entry.service] = max(state.highWater[entry.service] ?? 0, state.inFlight[entry.service] ?? 0)
      return state.dropped + state.entries.count - 1
    }
  }

  func finish(_ number: Int, service: SimulatedService, status: Int?) {
    state.withLock { state in
      state.inFlight[service, default: 1] -= 1
      let index = number - state.dropped
      if state.entries.indices.contains(index) { state.entries[index].status = status }
    }
  }
}
