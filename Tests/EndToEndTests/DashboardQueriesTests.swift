import Dashboards
import Foundation
import Testing

/// The shipped boards over weeks of the demo, asked as Grafana asks.
@Suite("The boards, on weeks of the demo", .demoWeeks, .serialized)
struct DashboardQueriesTests {
  static let names = ["overview", "agent", "spend", "adoption", "health"]
  /// One of each provider: no agent has everything.
  private static let agents = ["Shop-Berater", "Kundenhilfe", "Angebotstexte", "Service-Telefon"]

  @Test("have no query that fails, and only panels empty that may be", arguments: names, BoardRun.Pick.allCases)
  func queries(name: String, pick: BoardRun.Pick) async throws {
    let weeks = try #require(DemoWeeks.current)
    let board = try Self.board(name)
    var answered: [String: Int] = [:]
    for agent in name == "agent" ? Self.agents : [""] {
      let run = try await weeks.run(board, pick, ["agent": agent])
      for panel in board.panels {
        let series = try await run.answers(to: panel).flatMap(\.series)
        let values = series.flatMap(\.samples).map(\.value)
        #expect(values.isEmpty || values.contains(where: \.isFinite), "\(panel.title) is NaN throughout")
        answered[panel.title, default: 0] += values.count
        Self.expectOnly(run.picked("provider"), in: series, of: panel)
      }
      for annotation in board.queriedAnnotations { _ = try await run.marks(of: annotation) }
    }
    // What is chosen alone may be a provider that has no users, or no credits.
    let empty = Set(board.panels.filter { $0.targets != nil && answered[$0.title] == 0 }.map(\.title))
    guard pick == .all else {
      #expect(empty.count < answered.count / 4 * 3, "\(empty)")
      return
    }
    // Also where a panel may be empty in other companies.
    #expect(empty.isEmpty)
  }

  @Test("mark the spikes of two weeks", arguments: ["overview", "spend"])
  func marks(name: String) async throws {
    let weeks = try #require(DemoWeeks.current)
    let board = try Self.board(name)
    let run = try await weeks.run(board)
    let annotation = try #require(board.queriedAnnotations.first)
    let marked = try await run.marks(of: annotation).compactMap { $0.labels["agent_id"] }
    #expect(marked.contains(DemoWeeks.spiking))
  }

  /// Series of other providers than those that are chosen; those without one are of the exporter as a whole.
  private static func expectOnly(_ providers: Set<String>?, in series: [QueriedSeries], of panel: Board.Panel) {
    guard let providers else { return }
    let others = Set(series.compactMap { $0.labels["provider"] }).subtracting(providers)
    #expect(others.isEmpty, "\(panel.title) shows \(others) beside \(providers)")
  }

  static func board(_ name: String) throws -> Board {
    let file = try #require(DashboardFiles.all.first { $0.path == "agentusage-\(name).json" })
    return try Board.read(Data(file.contents.utf8))
  }
}

extension DemoWeeks {
  func run(
    _ board: Board, _ pick: BoardRun.Pick = .all, _ preferred: [String: String] = [:]
  ) async throws -> BoardRun {
    try await BoardRun(
      board, on: api, now: end.timeIntervalSince1970, scrapeInterval: plan.interval, pick: pick, preferred: preferred)
  }
}
