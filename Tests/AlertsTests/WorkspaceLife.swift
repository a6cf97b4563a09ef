/// A workspace as an exporter shows it, minute by minute: collectors that ask at their interval, and what befalls them.
struct WorkspaceLife: Sendable {
  enum Mishap: Sendable {
    /// Attempts fail with this reason, one every ten minutes.
    case fails(String)
    /// The provider refuses the credential.
    case refused
    /// An attempt does not end.
    case hangs
    /// Switched off, or not enabled at the provider.
    case off
    /// The data end this many minutes before the collection.
    case lags(Int)
    /// The first reading is under way.
    case begins
  }

  struct Event: Sendable {
    let mishap: Mishap
    let collectors: [String]
    let minutes: Range<Int>
  }

  /// The collectors and their intervals in minutes.
  var collectors = ["agents": 30, "tools": 30]
  var labels = #"provider="dust",workspace="acme""#
  let minutes: Int
  var every = 1
  var events: [Event] = []
  /// Minutes at which the exporter cannot be scraped.
  var unscraped: [Range<Int>] = []

  init(minutes: Int, every: Int = 1) {
    self.minutes = minutes
    self.every = every
  }

  /// The same with a mishap.
  func with(_ mishap: Mishap, _ names: String..., minutes range: Range<Int>? = nil) -> WorkspaceLife {
    var life = self
    let affected = names.isEmpty ? Array(collectors.keys) : names
    life.events.append(Event(mishap: mishap, collectors: affected, minutes: range ?? 0..<(minutes + 1)))
    return life
  }

  func with(collectors: [String: Int]) -> WorkspaceLife {
    var life = self
    life.collectors = collectors
    return life
  }

  func seen(by instance: String) -> WorkspaceLife {
    var life = self
    life.labels += #",job="usage",instance="\#(instance)""#
    return life
  }

  func unscraped(_ ranges: Range<Int>...) -> WorkspaceLife {
    var life = self
    life.unscraped = ranges
    return life
  }

  func mishap(of collector: String, at minute: Int) -> Mishap? {
    events.last { $0.minutes.contains(minute) && $0.collectors.contains(collector) }?.mishap
  }
}
