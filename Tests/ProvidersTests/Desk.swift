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

  /// What one collection came to.
  struct Outcome: Sendable {
    var answers: [Answer] = []
    var failure: UpstreamFailure?

    /// The only answer's reading; an empty one where there is not exactly one.
    var reading: Reading { answers.count == 1 ? answers[0].reading : Reading() }
  }

  func client(_ provider: ProviderKind, key: String? = nil, path: String = "") throws -> APIClient {
    let isLangdock = provider == .langdock
    let secret = Secret(key ?? (isLangdock ? simulator.langdockKey : simulator.agentPhoneKey))
    let transport = transport
    return APIClient(
      baseURL: (isLangdock ? simulator.langdockURL : simulator.agentPhoneURL) + path,
      secret: try SecretBox { secret },
      gate: RequestGate(perMinute: 10_000, clock: clock, random: { 0.5 }), clock: clock, observer: ends,
      transport: { _ in transport })
  }

  /// What is asked for today; by default today's day and nothing else.
  func demand(
    zone: String = "UTC", days: Int = 1, periods: [CalendarPeriod] = [], users: [Int] = []
  ) throws -> Demand {
    let calendar = try #require(LocalCalendar(zone: zone))
    return Demand(
      calendar: calendar, now: clock.now(), days: DaySpan(endingOn: calendar.day(at: clock.now()), count: days).days,
      periods: periods, activeUsers: users.compactMap(ActiveUserWindow.init(days:)))
  }

  /// Runs one collector through all of it.
  func collect(
    _ probe: Probe, _ demand: Demand? = nil, from api: APIClient? = nil, options: ProviderOptions = .init()
  ) async throws -> Outcome {
    let collectors = try #require(ProviderRegistry.adapter(for: probe.provider)).collectors(options)
    let collector = try #require(collectors.first { $0.name == probe.collector })
    var outcome = Outcome()
    do {
      try await collector.collect(try demand ?? self.demand(), from: try api ?? client(probe.provider)) { answer in
        outcome.answers.append(answer)
      }
    } catch let failure as UpstreamFailure {
      outcome.failure = failure
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
