import Collection
import Exposition
import Foundation
import Ledger
import Providers
import Publication
import Settings
import Simulator
import Synchronization
import TestSupport
import Upstream
import Usage

/// The whole pipeline over a simulated company: real HTTP, a real ledger, time by hand. Only the web server is missing.
final class Rig: Sendable {
  let clock: ManualClock
  let simulator: Simulator
  let ledger: Ledger
  let reports = Reports()
  let coordinator: ScrapeCoordinator
  let roster: WorkspaceRoster
  private let key: String?
  private let publisher = Publisher()
  private let transports: TransportPool
  private let standing: ExporterStanding
  private let pump = Mutex<Task<Void, Never>?>(nil)

  /// What the exporter would log.
  final class Reports: CollectionReporter {
    private let state = Mutex<(outcomes: [(CollectorID, CollectionOutcome)], ledger: [String])>(([], []))

    var failures: [String] {
      state.withLock { state in
        state.outcomes.compactMap { id, outcome in
          if case .failed(let reason, let message) = outcome.verdict { "\(id): \(reason): \(message)" } else { nil }
        }
      }
    }

    func collectionEnded(_ id: CollectorID, _ outcome: CollectionOutcome) {
      state.withLock { $0.outcomes.append((id, outcome)) }
    }

    func ledgerChanged(failure: LedgerError?) {
      if let failure { state.withLock { $0.ledger.append(failure.description) } }
    }
  }

  /// - Parameters:
  ///   - database: shared by the rigs before and after a restart; a new one in memory where there is none.
  ///   - configuration: of the workspaces, with `$LANGDOCK`, `$DUST`, `$TESS` and `$AGENTPHONE` for the simulator's
  ///     addresses, and `$DUST_WORKSPACE` and `$TESS_WORKSPACE` for the ids of its workspaces.
  init(
    _ simulator: Simulator, clock: ManualClock, database: LedgerDatabase? = nil, configuration: String,
    timeouts: HTTPTransport.Timeouts = .init(), key: String? = nil
  ) async throws {
    self.clock = clock
    self.simulator = simulator
    ledger = try Ledger(database: try database ?? .inMemory())
    transports = TransportPool(timeouts: timeouts, proxies: ProxyRules(environment: [:]))
    standing = ExporterStanding(version: "test", served: Served.allCases.map(\.rawValue), loadedAt: clock.now())
    self.key = key
    let environment = CollectionEnvironment(
      ledger: ledger, publisher: publisher, clock: clock, random: { 0.5 }, report: reports)
    coordinator = ScrapeCoordinator(ledger: ledger, clock: clock, standing: standing)
    roster = WorkspaceRoster(coordinator: coordinator, environment: environment, transports: transports)
    try await adopt(configuration)
    let task = Task { [coordinator] in await coordinator.run() }
    pump.withLock { $0 = task }
  }

  /// Collects other workspaces, as after a reload.
  @discardableResult
  func adopt(_ configuration: String) async throws -> WorkspaceRoster.Change {
    try await roster.adopt(settings(configuration))
  }

  private func settings(_ configuration: String) throws -> [WorkspaceSettings] {
    let text =
      configuration
      .replacingOccurrences(of: "$LANGDOCK", with: simulator.langdockURL)
      .replacingOccurrences(of: "$AGENTPHONE", with: simulator.agentPhoneURL)
      .replacingOccurrences(of: "$DUST_WORKSPACE", with: simulator.dustWorkspace)
      .replacingOccurrences(of: "$DUST", with: simulator.dustURL)
      .replacingOccurrences(of: "$TESS_WORKSPACE", with: simulator.tessWorkspace)
      .replacingOccurrences(of: "$TESS", with: simulator.tessURL)
    let loader = SettingsLoader(
      providers: ProviderRegistry.all.map(\.defaults),
      environment: [
        "LK": key ?? simulator.langdockKey, "AK": key ?? simulator.agentPhoneKey, "DK": key ?? simulator.dustKey,
        "TK": key ?? simulator.tessKey,
      ],
      readFile: { path, limit throws(FileReadError) in
        path == "test.yml" ? Array(text.utf8) : try LocalFiles.read(path, limit: limit)
      })
    return try loader.load(file: "test.yml").workspaces
  }

  /// Ends the collections, as a stopping exporter does.
  func stop() async {
    let task = pump.withLock { $0 }
    task?.cancel()
    await task?.value
    await transports.shutdown()
  }

  /// A scrape as Prometheus sees it.
  func scrape(patience: Duration = .seconds(120), _ format: ExpositionFormat = .text) async throws -> Scrape {
    try await served(patience: patience, format).scrape
  }

  /// A scrape of a part.
  func scrape(_ selection: ScrapeSelection) async throws -> Scrape {
    _ = await coordinator.scrape(patience: .seconds(120), selection)
    let run = publisher.document(of: selection).encoded(.text, .identity)
    return try Scrape(String(decoding: Envelope.body(of: [run], .text, .identity), as: UTF8.self))
  }

  func served(
    patience: Duration = .seconds(120), _ format: ExpositionFormat = .text
  ) async throws -> (scrape: Scrape, served: Served) {
    let served = await coordinator.scrape(patience: patience)
    return (try Scrape(text(format)), served)
  }

  func text(_ format: ExpositionFormat = .text) -> String {
    let runs = [publisher.document().document.encoded(format, .identity), standing.run(format, .identity)]
    return String(decoding: Envelope.body(of: runs, format, .identity), as: UTF8.self)
  }

  /// Both workspaces with every collector, refreshed every second.
  static let everything = """
    defaults: { zero_hold: 0s, periods: [day, previous_day, week, month, year], active_user_windows: [1d, 7d, 28d, 30d] }
    workspaces:
      - name: acme
        provider: langdock
        api_key: ${LK}
        base_url: $LANGDOCK
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
          projects: { min_interval: 1s }
          models: { min_interval: 1s }
          api_keys: { min_interval: 1s }
          users: { enabled: true, min_interval: 1s }
      - name: acme
        provider: agentphone
        api_key: ${AK}
        base_url: $AGENTPHONE
        requests_per_minute: 10000
        collectors:
          agents: { min_interval: 1s }
          account: { min_interval: 1s }
          daily: { min_interval: 1s }
          numbers: { min_interval: 1s }
    """
}

/// Runs `body` with a simulator over `company` at `start`.
func withSimulator<Result: Sendable>(
  _ company: Company, at start: Date, _ change: @Sendable (inout Simulator.Configuration) -> Void = { _ in },
  _ body: @Sendable (Simulator, ManualClock) async throws -> Result
) async throws -> Result {
  let clock = ManualClock(start)
  return try await withSimulator(company, on: clock, change) { try await body($0, clock) }
}

func withSimulator<Result: Sendable>(
  _ company: Company, on clock: ManualClock, _ change: @Sendable (inout Simulator.Configuration) -> Void = { _ in },
  _ body: @Sendable (Simulator) async throws -> Result
) async throws -> Result {
  var configuration = Simulator.Configuration()
  change(&configuration)
  return try await Simulator(company: company, clock: clock, configuration: configuration).withRunning(body)
}

func instant(_ text: String) throws -> Date {
  try Date(text, strategy: .iso8601)
}
