import Synchronization

/// The ports on which the services listen, once they do.
final class AddressBook: Sendable {
  private struct State {
    var ports: [SimulatedService: Int] = [:]
    var failure: (any Error)?
    var waiting: [CheckedContinuation<Void, any Error>] = []
  }

  private let expected: Int
  private let state = Mutex(State())

  init(expecting services: Int) {
    expected = services
  }

  /// `http://127.0.0.1:PORT`; port 0 as long as it does not listen.
  func url(_ service: SimulatedService) -> String {
    "http://127.0.0.1:\(port(service))"
  }

  func port(_ service: SimulatedService) -> Int { state.withLock { $0.ports[service] ?? 0 } }

  func listens(_ service: SimulatedService, on port: Int) {
    let ready = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
      state.ports[service] = port
      guard state.ports.count >= expected else { return [] }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in ready { continuation.resume() }
  }

  func fails(_ error: any Error) {
    let waiting = state.withLock { state in
      state.failure = error
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume(throwing: error) }
  }

  /// Returns once every service listens.
  func ready() async throws {
    try await withCheckedThrowingContinuation { continuation in
      let known = state.withLock { state -> Result<Void, any Error>? in
        if let failure = state.failure { return .failure(failure) }
        if state.ports.count >= expected { return .success(()) }
        state.waiting.append(continuation)
        return nil
      }
      if let known { continuation.resume(with: known) }
    }
  }
}
