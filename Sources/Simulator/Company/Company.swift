import Synchronization
package import Usage

/// One company, its people, agents and phone numbers, and everything that they ever did.
///
/// The event log is the truth: what a provider answers at some moment is a function of the log, the window asked for
/// and that moment. The same seed gives the same log on every machine.
package final class Company: Sendable {
  package struct Configuration: Sendable {
    package var seed: UInt64
    /// The first day with events.
    package var start: Day
    /// Before this day lie the ``Company/incidents``. Events go on after it.
    package var today: Day
    /// Without it the company is empty until it is edited.
    package var seeded: Bool
    /// Seconds between the executions of each Tess agent that never rests; there are three of them, a third apart.
    ///
    /// They do so from the day before ``today`` on.
    package var tessHeartbeat = 30
    /// Seconds between the events of each agent that never rests, at every vendor and on every day alike; nil for ten
    /// seconds, and what ``tessHeartbeat`` says.
    ///
    /// For a past that is looked at: a vendor whose heartbeats begin yesterday seems to have ten times the usage since.
    package var steadyHeartbeat: Int?
    /// Whether an agent appears nine days before ``today``, as in a company that is alive.
    package var hasNewcomer = false
    /// Beside those that the company has of its own.
    package var incidents: [Incident] = []

    /// - Parameter historyDays: how long before `today` the company starts.
    package init(seed: UInt64 = 1, today: Day, historyDays: Int = 120, seeded: Bool = true) {
      self.seed = seed
      self.today = today
      self.start = today.advanced(by: -historyDays)
      self.seeded = seeded
    }

    /// The company of the exporter's demo, and of whoever holds a demo's numbers against the truth.
    package static func demo(today: Day) -> Configuration {
      var configuration = Configuration(today: today)
      configuration.hasNewcomer = true
      return configuration
    }
  }

  package let configuration: Configuration
  package let incidents: [Incident]
  package let messages: EventStore<Message>
  package let phoneEvents: EventStore<PhoneEvent>
  package let executions: EventStore<Execution>
  let executionRegistry = ExecutionRegistry()
  package let dust: DustWorkspace
  private let state: Mutex<Directory>

  package init(_ configuration: Configuration) {
    let blueprint = configuration.seeded ? Blueprint(configuration) : .empty
    let generator = TrafficGenerator(
      seed: configuration.seed, start: configuration.start, models: blueprint.directory.models,
      beat: Int64(max(1, configuration.steadyHeartbeat ?? 10)) * 1000,
      incidents: Dictionary(grouping: blueprint.incidents, by: { Blueprint.salt($0.provider, $0.agentID) }))
    let streams = blueprint.directory.streams
    self.configuration = configuration
    incidents = blueprint.incidents
    state = Mutex(blueprint.directory)
    let seed = configuration.seeded ? DustDirectory(configuration, blueprint.directory) : DustDirectory()
    dust = DustWorkspace(seed, generator)
    messages = EventStore(capacity: 1_800_000, firstDay: configuration.start) { stream, day in
      guard streams.indices.contains(stream), streams[stream].provider != .agentphone else { return [] }
      guard streams[stream].provider != .tess else { return [] }
      guard let profile = streams[stream].profile else { return [] }
      return generator.messages(profile, on: day)
    }
    phoneEvents = EventStore(capacity: 600_000, firstDay: configuration.start) { stream, day in
      guard streams.indices.contains(stream), streams[stream].provider == .agentphone else { return [] }
      guard let profile = streams[stream].profile else { return [] }
      return generator.phoneEvents(profile, on: day)
    }
    let tess = blueprint.directory.tessProducers(
      beat: configuration.steadyHeartbeat ?? configuration.tessHeartbeat)
    executions = EventStore(capacity: 600_000, firstDay: configuration.start) { stream, day in
      tess[stream].map { generator.executions($0, on: day) } ?? []
    }
  }

  /// A company without any traffic, for tests that write its history themselves.
  package static func empty(today: Day, historyDays: Int = 120) -> Company {
    Company(Configuration(today: today, historyDays: historyDays, seeded: false))
  }

  /// The agents that the seeded company begins with.
  package static func agents(of configuration: Configuration) -> [Directory.Agent] {
    Blueprint(configuration).directory.agents
  }

  /// Everything and everyone, as of now.
  package var directory: Directory { state.withLock { $0 } }

  func editDirectory<Result: Sendable>(_ change: (inout Directory) -> Result) -> Result {
    state.withLock { change(&$0) }
  }
}
