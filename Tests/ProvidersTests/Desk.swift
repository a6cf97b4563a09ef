import Foundation
import Providers
import Simulator
import Synchronization
import TestSupport
import Testing
import Upstream
import Usage

/// One workspace's view of a simulated provider: real HTTP, time by hand, and every request's end written down.
struct Desk: Sendable {
  let simulator: Simulator
  let clock: ManualClock
  let transport: HTTPTransport
  let ends = RequestEnds()
  let journal = MemoryJournal()

  /// What one collection came to.
  struct Outcome: Sendable {
    var answers: [Answer] = []
    var failure: UpstreamFailure?
    /// What was not read although the rest was.
    var unread: DaysUnread?
    /// What the provider is said not to have switched on.
    var notEnabled: String?

    /// The days that were told, in the order in which they were.
    var days: [Day] {
      answers.flatMap(\.coverage).compactMap { if case .bucket(.day(let day)) = $0 { day } else { nil } }
    }

    /// The only answer's reading; an empty one where there is not exactly one.
    var reading: Reading { answers.count == 1 ? answers[0].reading : Reading() }
  }

  /// Where a provider is, the key to it, and the workspace's name there.
  func address(_ provider: ProviderKind) -> (url: String, key: String, workspace: String?) {
    switch provider {
    case .langdock: (simulator.langdockURL, simulator.langdockKey, nil)
    case .agentphone: (simulator.agentPhoneURL, simulator.agentPhoneKey, nil)
    case .tess: (simulator.tessURL, simulator.tessKey, simulator.tessWorkspace)
    case .dust: (simulator.dustURL, simulator.dustKey, simulator.dustWorkspace)
    }
  }

  func client(_ provider: ProviderKind, key: String? = nil, path: String = "") throws -> APIClient {
    let address = address(provider)
    let secret = Secret(key ?? address.key)
    let transport = transport
    return APIClient(
      baseURL: address.url + path,
      secret: try SecretBox { secret },
      gate: RequestGate(perMinute: 10_000, clock: clock, random: { 0.5 }), clock: clock, observer: ends,
      transport: { _ in transport })
  }

  /// Where a collector finds things out: at the provider, and in the desk's own journal.
  func source(_ provider: ProviderKind, _ api: APIClient? = nil) throws -> CollectorSource {
    CollectorSource(api: try api ?? client(provider), journal: journal)
  }

  /// What is asked for today; by default today's day and nothing else.
  ///
  /// - Parameter inFull: the days to be read whole, as so many days ago.
  func demand(
    zone: String = "UTC", days: Int = 1, inFull: ClosedRange<Int>? = nil, periods: [CalendarPeriod] = [],
    users: [Int] = []
  ) throws -> Demand {
    let calendar = try #require(LocalCalendar(zone: zone))
    let today = calendar.day(at: clock.now())
    return Demand(
      calendar: calendar, now: clock.now(), days: DaySpan(endingOn: today, count: days).days,
      inFull: Set(inFull.map { $0.map { today.advanced(by: -$0) } } ?? []), periods: periods,
      activeUsers: users.compactMap(ActiveUserWindow.init(days:)))
  }

  /// Runs one collector through all of it.
  func collect(
    _ probe: Probe, _ demand: Demand? = nil, from api: APIClient? = nil, options: ProviderOptions? = nil
  ) async throws -> Outcome {
    let options = options ?? ProviderOptions(remoteWorkspace: address(probe.provider).workspace)
    let collectors = try #require(ProviderRegistry.adapter(for: probe.provider)).collectors(options)
    let collector = try #require(collectors.first { $0.name == probe.collector })
    var outcome = Outcome()
    do {
      try await collector.collect(try demand ?? self.demand(), from: source(probe.provider, api)) { answer in
        outcome.answers.append(answer)
      }
    } catch let disabled as NotEnabled {
      outcome.notEnabled = disabled.message
    } catch let failure as UpstreamFailure {
      outcome.failure = failure
    } catch let unread as DaysUnread {
      outcome.unread = unread
    }
    return outcome
  }
}

/// The ends of requests as an exporter's own metrics would see them.
final class RequestEnds: RequestObserver {
  struct End: Sendable, Equatable {
    let endpoint: String
    let status: Int?
    let failure: UpstreamFailure.Reason?
  }

  private let state = Mutex<[End]>([])

  var all: [End] { state.withLock { $0 } }

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { $0.append(End(endpoint: endpoint, status: status, failure: failure)) }
  }
}

/// A Thursday.
let now = Date(timeIntervalSince1970: 1_795_093_631)  // 2026-11-19T13:07:11Z

func instant(_ text: String) throws -> Date {
  try Date(text, strategy: .iso8601)
}

/// Runs `body` at a desk before a simulator of `company`, at `start`.
func withDesk(
  _ company: Company = Probe.company(), at start: Date = now, patience: Duration = .seconds(20),
  _ change: @Sendable (inout Simulator.Configuration) -> Void = { _ in },
  _ body: @Sendable (Desk) async throws -> Void
) async throws {
  let clock = ManualClock(start)
  var configuration = Simulator.Configuration()
  configuration.dust.workspaceUsageAlive = true
  configuration.dust.usageDataEnabled = true
  change(&configuration)
  var timeouts = HTTPTransport.Timeouts()
  timeouts.overall = patience
  let transport = HTTPTransport(timeouts: timeouts)
  let result: Result<Void, any Error>
  do {
    try await Simulator(company: company, clock: clock, configuration: configuration).withRunning { simulator in
      try await body(Desk(simulator: simulator, clock: clock, transport: transport))
      simulator.faults.release()
    }
    result = .success(())
  } catch {
    result = .failure(error)
  }
  await transport.shutdown()
  try result.get()
}

extension Reading {
  /// The amounts of one measure by the entity's id.
  func amounts(_ measure: Measure, _ dimension: String = "") -> [String: Int64] {
    var amounts: [String: Int64] = [:]
    for (key, value) in quantities where key.measure == measure && key.dimension == dimension {
      amounts[key.entity.id] = value
    }
    return amounts
  }

  func attribute(_ label: String, of entity: Entity) -> String? {
    attributes[entity]?.first { $0.label == label }?.value
  }
}
