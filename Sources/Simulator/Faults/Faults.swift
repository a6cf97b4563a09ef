import Synchronization

/// The faults that are in force, by service and path.
package final class Faults: Sendable {
  private struct Rule {
    let id: Int
    let fault: Fault
    let service: SimulatedService
    let path: String
    let exactly: Bool
    /// A parameter that the request must have, as `table=agents`; nil for any request.
    let parameter: String?
    /// How many requests it lets pass first.
    var spared: Int
    var left: Int?

    func matches(_ service: SimulatedService, _ path: String, _ query: [(name: String, value: String)]) -> Bool {
      service == self.service && (exactly ? path == self.path : path.hasPrefix(self.path))
        && (parameter.map { wanted in query.contains { "\($0.name)=\($0.value)" == wanted } } ?? true)
    }
  }

  private struct State {
    var rules: [Rule] = []
    var nextID = 0
    var hanging: [Int: CheckedContinuation<Bool, Never>] = [:]
    /// Tickets whose clients went away before they began to hang.
    var gone: Set<Int> = []
    var stopped = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Puts a fault in force.
  ///
  /// Several faults may meet in one answer: rows are spoiled by all of them, and of those that replace the answer the
  /// first one wins.
  /// - Parameters:
  ///   - path: how the request's path begins, without the `/api/public` of dedicated deployments.
  ///   - exactly: whether the path must be that and no longer, as for `/v1/usage`.
  ///   - parameter: one that the request must have, as `table=agents`; nil for any request.
  ///   - sparing: how many requests pass untouched before it takes hold.
  ///   - times: for how many requests; nil until it is removed.
  /// - Returns: what ``remove(_:)`` takes.
  @discardableResult
  package func inject(
    _ fault: Fault, at service: SimulatedService, path: String = "/", exactly: Bool = false, parameter: String? = nil,
    sparing: Int = 0, times: Int? = nil
  ) -> Int {
    state.withLock { state in
      state.nextID += 1
      state.rules.append(
        Rule(
          id: state.nextID, fault: fault, service: service, path: path, exactly: exactly, parameter: parameter,
          spared: sparing, left: times))
      return state.nextID
    }
  }

  package func remove(_ id: Int) {
    state.withLock { $0.rules.removeAll { $0.id == id } }
  }

  /// No fault is in force any more. What hangs goes on hanging.
  package func clear() {
    state.withLock { $0.rules = [] }
  }

  /// How many faults are in force.
  package var count: Int { state.withLock { $0.rules.count } }

  /// The faults of one request, each of which is used up by one.
  func take(_ service: SimulatedService, _ path: String, _ query: [(name: String, value: String)] = []) -> [Fault] {
    state.withLock { state in
      var taken: [Fault] = []
      for index in state.rules.indices where state.rules[index].matches(service, path, query) {
        if state.rules[index].spared > 0 {
          state.rules[index].spared -= 1
          continue
        }
        taken.append(state.rules[index].fault)
        state.rules[index].left = state.rules[index].left.map { $0 - 1 }
      }
      state.rules.removeAll { $0.left.map { $0 <= 0 } ?? false }
      return taken
    }
  }

  // MARK: Hanging

  /// How many requests hang.
  package var hanging: Int { state.withLock { $0.hanging.count } }

  /// Lets everything that hangs get its answer.
  package func release() {
    let waiting = state.withLock { state in
      defer { state.hanging = [:] }
      return state.hanging.values
    }
    for continuation in waiting { continuation.resume(returning: true) }
  }

  /// Lets nothing hang any more: what does gets no answer.
  func stop() {
    let waiting = state.withLock { state in
      state.stopped = true
      defer { state.hanging = [:] }
      return state.hanging.values
    }
    for continuation in waiting { continuation.resume(returning: false) }
  }

  func newTicket() -> Int {
    state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
  }

  /// - Returns: true once released, false if the client went away or the simulator stops.
  func hang(_ ticket: Int) async -> Bool {
    await withCheckedContinuation { continuation in
      let never = state.withLock { state in
        let never = state.stopped || state.gone.remove(ticket) != nil
        if !never { state.hanging[ticket] = continuation }
        return never
      }
      if never { continuation.resume(returning: false) }
    }
  }

  func abandon(_ ticket: Int) {
    let waiting = state.withLock { state in
      let waiting = state.hanging.removeValue(forKey: ticket)
      if waiting == nil { state.gone.insert(ticket) }
      return waiting
    }
    waiting?.resume(returning: false)
  }
}
