import Settings
import Synchronization

/// The configuration in force, for whoever wants to see it.
final class RunningSettings: Sendable {
  private let state: Mutex<Settings>

  init(_ settings: Settings) {
    state = Mutex(settings)
  }

  var settings: Settings {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
