import Backfill
import Exposition
import Foundation
import Ledger
import Providers
import Settings
import Simulator
import Synchronization
import TestSupport
import Upstream
import Usage

/// A company whose three weeks hold a change of clocks, and a backfill of them from real HTTP.
struct Scene: Sendable {
  static let berlin = "Europe/Berlin"
  static let now = Date(timeIntervalSince1970: 1_793_880_000)
  /// 25 October has 25 hours.
  static let span = DaySpan(Day(ordinal: 20_741), through: Day(ordinal: 20_760))

  let simulator: Simulator
  let folder: String
  var configuration = configuration
  var clock: any WallClock = ManualClock(now)

  /// Some agents at each vendor, none of them on every day.
  static func company() -> Company {
    let company = Company.empty(today: LocalCalendar.utc.day(at: now), historyDays: 60)
    var dice = SeededGenerator(seed: 7)
    for day in span.days {
      for agent in 0..<6 where Int.random(in: 0..<3, using: &dice) > 0 {
        let moment = Date(
          timeIntervalSince1970: Double(day.ordinal * 86_400 + Int.random(in: 0..<86_400, using: &dice)))
        let count = Int.random(in: 1...5, using: &dice)
        let user = "user-\(Int.random(in: 0..<4, using: &dice))"
        company.addMessages(
          count, agent: "lang-\(agent)", at: moment,
          .init {
            $0.user = user
            $0.ownKeys = true
            $0.inputTokens = 7
            $0.cost = 1_234
          })
        company.addDustMessages(count, agent: "dust-\(agent)", at: moment)
        company.addExecutions(
          count, agent: "tess-\(agent)", at: moment,
          .init {
            $0.user = user
            $0.credits = 250_001
          })
        company.addTexts(count, agent: "phone-\(agent)", at: moment)
      }
    }
    return company
  }

  static let configuration = """
    defaults: { timezone: Europe/Berlin }
    workspaces:
      - { name: acme, provider: langdock, api_key: "${LK}", base_url: $LANGDOCK, requests_per_minute: 10000 }
      - name: acme
        provider: dust
        api_key: ${DK}
        workspace_id: "$DUST_WORKSPACE"
        base_url: $DUST
        requests_per_minute: 10000
      - name: acme
        provider: tess
        api_key: ${TK}
        workspace_id: "$TESS_WORKSPACE"
        base_url: $TESS
        requests_per_minute: 10000
      - { name: acme, provider: agentphone, api_key: "${AK}", base_url: $AGENTPHONE, requests_per_minute: 10000,
          timezone: UTC }
    """

  func settings() throws -> [WorkspaceSettings] {
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
        "LK": simulator.langdockKey, "AK": simulator.agentPhoneKey, "DK": simulator.dustKey, "TK": simulator.tessKey,
      ],
      readFile: { _, _ in Array(text.utf8) })
    return try loader.load(file: "test.yml").workspaces
  }

  /// - Parameters:
  ///   - folder: of the spill, below the scene's.
  ///   - days: after so many it is interrupted.
  /// - Returns: the document; nil if it was interrupted.
  func run(
    _ folder: String = "spill", from: Day = span.first, to: Day? = span.last, stoppingAfter days: Int? = nil,
    live: [WorkspaceID: LiveStart] = [:], watch: Watch = Watch(), step: TimeInterval = 3600,
    document: Document = Document()
  ) async throws -> String? {
    let transports = TransportPool(proxies: ProxyRules(environment: [:]))
    watch.stop(after: days)
    do {
      let backfill = try Backfill(
        BackfillRequest(from: from, to: to, liveSince: live), of: try settings(), folder: self.folder + "/" + folder,
        Backfill.Surroundings(clock: clock, random: { 0.5 }, transports: transports, observer: watch))
      var format = Backfill.Format()
      format.step = step
      do {
        try await backfill.read()
        _ = try await backfill.write(format) { document.append($0) }
      } catch is CancellationError {
        await backfill.spill.close()
        await transports.shutdown()
        return nil
      }
      await backfill.spill.close()
      await transports.shutdown()
      return document.text
    } catch {
      await transports.shutdown()
      throw error
    }
  }
}

/// The pieces of what is written.
final class Document: Sendable {
  private let isKept: Bool
  private let state = Mutex<(bytes: [UInt8], sizes: [Int])>(([], []))

  var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }
  /// - Parameter isKept: whether there will be a text.
  init(isKept: Bool = true) {
    self.isKept = isKept
  }

  /// Of the pieces, in bytes.
  var sizes: [Int] { state.withLock { $0.sizes } }

  func append(_ piece: [UInt8]) {
    state.withLock { state in
      if isKept { state.bytes += piece }
      state.sizes.append(piece.count)
    }
  }
}

/// Sees what a backfill does, and interrupts it after some days.
final class Watch: BackfillObserver {
  private struct State {
    var left: Int?
    var days = 0
    var requests = 0
    var waits: [String] = []
    var notices: [String] = []
  }

  private let state = Mutex(State())

  var days: Int { state.withLock(\.days) }
  var requests: Int { state.withLock(\.requests) }
  var waits: [String] { state.withLock(\.waits) }
  var notices: [String] { state.withLock(\.notices) }

  func stop(after days: Int?) { state.withLock { $0.left = days } }

  func began(_ units: [(unit: BackfillUnit, missing: Int, weight: Double)]) {}

  func read(_ unit: BackfillUnit, _ day: Day) {
    let stops = state.withLock { state in
      state.days += 1
      guard let left = state.left else { return false }
      state.left = left - 1
      return left <= 1
    }
    if stops { withUnsafeCurrentTask { $0?.cancel() } }
  }

  func finished(_ unit: BackfillUnit) {}

  func waiting(_ id: CollectorID, _ failure: UpstreamFailure, until: Date) {
    state.withLock { $0.waits.append("\(id) \(failure.reason.rawValue) \(until.timeIntervalSince1970)") }
  }

  func noticed(_ id: CollectorID, _ notice: String) { state.withLock { $0.notices.append("\(id): \(notice)") } }
  func rejected(_ id: CollectorID, _ rows: Int) {}
  func wrote(_ series: Int, of total: Int) {}

  func requestEnded(
    endpoint: String, status: Int?, failure: UpstreamFailure.Reason?, seconds: Double, limits: RateLimitHeaders?
  ) {
    state.withLock { $0.requests += 1 }
  }
}

/// Runs `body` over a simulated company, with a folder that goes with it.
func withScene<Result: Sendable>(
  _ company: Company = Scene.company(), on clock: any WallClock = ManualClock(Scene.now),
  _ body: @Sendable (Scene) async throws -> Result
) async throws -> Result {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("backfill-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  return try await Simulator(company: company, clock: clock).withRunning { simulator in
    try await body(Scene(simulator: simulator, folder: url.path, clock: clock))
  }
}
