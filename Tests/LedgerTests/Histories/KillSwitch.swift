import Synchronization

/// Thrown in place of a write: the end of the process, or of the disk.
struct Interrupted: Error {}

/// Lets so many writes pass and throws at the next.
final class KillSwitch: Sendable {
  private enum State {
    case safe
    case armed(writesLeft: Int)
    case fired
  }

  private let state = Mutex(State.safe)

  func arm(_ fault: Fault?) {
    state.withLock { $0 = fault.map { .armed(writesLeft: $0.writes) } ?? .safe }
  }

  /// - Returns: whether it went off since it was armed.
  @discardableResult
  func disarm() -> Bool {
    state.withLock { state in
      defer { state = .safe }
      if case .fired = state { return true }
      return false
    }
  }

  func beforeWrite() throws {
    try state.withLock { state in
      switch state {
      case .safe: break
      case .armed(let left) where left > 0: state = .armed(writesLeft: left - 1)
      case .armed, .fired:
        state = .fired
        throw Interrupted()
      }
    }
  }
}
