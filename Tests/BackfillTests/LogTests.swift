import Backfill
import Foundation
import Ledger
import Providers
import TestSupport
import Testing
import Upstream
import Usage

/// A log whose newest day holds a row that stands in for an event of the day before, as it turns out there.
private struct ScriptedLog: UsageCollector {
  static let key = SeriesKey(Entity(.agent, "a"), .executions)

  let name = "executions"
  let buckets = BucketRule.log(history: 365)
  let endpoints: [String] = []

  func requestsPerRefresh(_ demand: Demand) -> Int { 0 }

  func collect(
    _ demand: Demand, from source: CollectorSource, deliver: (Answer) async throws -> Void
  ) async throws {
    for day in demand.days.reversed() {
      let isNewest = day == demand.days.last
      let event = UsageEvent(
        id: "1", day: day, user: "u", isProvisional: isNewest, amounts: [.init(Self.key, 1)])
      try await source.journal.record([event], completeSince: day)
      try await deliver(demand.answer(of: day, try await source.journal.reading(of: day)))
    }
  }
}

extension Demand {
  fileprivate func answer(of day: Day, _ reading: Reading) -> Answer { Answer([.bucket(.day(day))], reading) }
}

@Suite struct LogTests {
  @Test("an event counts once, on its own day, although a newer row stood in for it")
  func standIn() async throws {
    try await withScene { scene in
      var tess = scene
      tess.configuration = Self.configuration
      let span = DaySpan(Scene.span.first, through: Scene.span.first.advanced(by: 1))
      try await Self.read(span, into: scene.folder + "/log", tess)
      #expect(try await Self.amounts(of: tess, span) == [1, 0])
    }
  }

  private static func read(_ span: DaySpan, into folder: String, _ scene: Scene) async throws {
    let id = CollectorID(WorkspaceID(.tess, "acme"), "executions")
    let candidate = BackfillCandidate(id: id.workspace, calendar: .utc, collectors: [.init(id.name, pastDays: 365)])
    let plan = try BackfillPlan(BackfillRequest(from: span.first, to: span.last), of: [candidate], at: Scene.now)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let spill = try Spill(
      folder: folder, SpillIdentity(from: span.first, try scene.settings()), plan, to: span.last, at: Scene.now)
    _ = try await spill.events.register(id, zone: "UTC")
    let watch = Watch()
    let api = APIClient(
      baseURL: "http://localhost:1", secret: try SecretBox { Secret("x") },
      gate: RequestGate(perMinute: 1, clock: scene.clock), clock: scene.clock, observer: watch
    ) { _ in HTTPTransport() }
    let reader = UnitReader(
      unit: try #require(spill.units.first), collector: ScriptedLog(), calendar: .utc, api: api, spill: spill,
      clock: scene.clock, random: { 0.5 }, observer: watch)
    try await reader.run()
    #expect(watch.days == 2)
    await spill.close()
  }

  private static let configuration = """
    workspaces:
      - { name: acme, provider: tess, api_key: "${TK}", workspace_id: "$TESS_WORKSPACE", base_url: $TESS }
    """

  /// By day, of what is written without another reading.
  private static func amounts(of scene: Scene, _ span: DaySpan) async throws -> [Double] {
    let document = try TimedDocument(try #require(try await scene.run("log", to: span.last)))
    let name = "agentusage_agent_executions_total"
    let labels = ["provider": "tess", "workspace": "acme", "agent_id": "a"]
    return span.days.map { day in
      func value(_ day: Day) -> Double {
        document.value(name, labels, at: LocalCalendar.utc.start(of: day).timeIntervalSince1970) ?? .nan
      }
      return value(day.advanced(by: 1)) - value(day)
    }
  }
}
