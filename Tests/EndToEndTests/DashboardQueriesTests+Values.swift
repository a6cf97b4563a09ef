import Dashboards
import Foundation
import Simulator
import Testing
import Usage

/// What panels show, against the company counted event by event.
extension DashboardQueriesTests {
  @Test("show all messages as one number")
  func stat() async throws {
    let shown = try await Shown("overview", "Messages")
    let truth = DemoCompany.Measured.allCases.filter { $0.measure == .messages }.map(shown.growth)
    let messages = truth.flatMap(\.values).reduce(0, +)
    DemoCompany.expect(shown.values.first?.value, from: messages, to: messages, "messages")
    #expect(shown.values.count == 1)
  }

  @Test("list the busiest agents by name", arguments: DemoCompany.Measured.allCases)
  func agents(of provider: DemoCompany.Measured) async throws {
    let shown = try await Shown("overview", "Agents")
    let rows = try shown.rows()
    for (agent, expected) in shown.growth(provider).sorted(by: { $0.value > $1.value }).prefix(4) {
      let row = try #require(
        rows.first { $0["agent_id"] == .text(agent) && $0["provider"] == .text(provider.rawValue) })
      #expect(row["Agent"] == shown.company.name(ofAgent: agent).map { .text($0) })
      let column = provider.measure == .executions ? "Executions" : "Messages"
      DemoCompany.expect(row[column]?.number, from: expected, to: expected, agent)
    }
  }

  @Test("draw each day's messages as its bar", arguments: ["langdock", "dust", "agentphone"])
  func bars(of provider: String) async throws {
    let shown = try await Shown("overview", "Messages per day")
    let measured = try #require(DemoCompany.Measured(rawValue: provider))
    let bars = try #require(shown.answers.flatMap(\.series).first { $0.labels["provider"] == provider }).samples
    #expect(bars.count == 14 || bars.count == 15)
    let truth = bars.map { bar in
      let end = Date(timeIntervalSince1970: bar.time)
      return shown.company.growth(measured, from: end - 86_400, to: end).values.reduce(0, +)
    }
    // What is told late is in the bar of the day on which it is read.
    let late = 0.06 * (truth.max() ?? 0)
    for (bar, expected) in zip(bars, truth) {
      #expect(
        abs(bar.value - expected) < late + 3, "\(Date(timeIntervalSince1970: bar.time)): \(bar.value), \(expected)")
    }
  }

  @Test("count a workspace's users of seven days once", arguments: [ProviderKind.langdock, .dust, .tess])
  func activeUsers(of provider: ProviderKind) async throws {
    let shown = try await Shown("overview", "Active users, 7 days")
    let users = shown.value { $0["provider"] == provider.rawValue }
    #expect(users.map { Int64($0) } == shown.company.usersOfWeek(provider, at: shown.end))
  }

  @Test("show the share of a budget that is used")
  func budget() async throws {
    let shown = try await Shown("spend", "Budgets used")
    let used = try #require(shown.value { $0["provider"] == "agentphone" && $0["measure"] == "calls" })
    // The rules were evaluated within the hour before the end, on what was collected at the end or a step before it.
    let least = shown.company.callsOfMonth(at: shown.end - DemoWeeks.Plan.weeks.step)
    let most = shown.company.callsOfMonth(at: shown.end)
    #expect(used > 0.98 * least / 22_000 && used < 1.02 * most / 22_000, "\(used), of \(least) to \(most)")
  }

  @Test("tell what each model costs")
  func cost() async throws {
    let shown = try await Shown("spend", "Cost")
    let models = shown.company.growth(.costUSD, .model, from: shown.start, to: shown.end) { $0.modelTruth($1, at: $2) }
    let cost = models.values.reduce(0, +)
    #expect(models.count > 1)
    DemoCompany.expect(shown.values.first?.value, from: cost, to: cost, "cost")
  }

  @Test("keep the currencies of two providers apart")
  func credits() async throws {
    let shown = try await Shown("spend", "Credits")
    let agents = shown.company.growth(.credits, .agent, from: shown.start, to: shown.end) { $0.tessTruth($1, at: $2) }
    let credits = agents.values.reduce(0, +)
    DemoCompany.expect(shown.value { $0["provider"] == "tess" }, from: credits, to: credits, "credits")
    #expect(shown.values.count == 2)
  }
}

/// A panel with its answers, everything being chosen.
private struct Shown {
  let panel: Board.Panel
  let answers: [PanelAnswer]
  let company: DemoCompany
  let start: Date
  let end: Date

  init(_ board: String, _ title: String) async throws {
    let weeks = try #require(DemoWeeks.current)
    let run = try await weeks.run(try DashboardQueriesTests.board(board))
    panel = try #require(run.board.panels.first { $0.title == title && $0.targets != nil })
    answers = try await run.answers(to: panel)
    company = weeks.company
    start = Date(timeIntervalSince1970: run.span.start)
    end = Date(timeIntervalSince1970: run.span.end)
  }

  /// The last value of each series.
  var values: [(labels: [String: String], value: Double)] {
    answers.flatMap(\.series).compactMap { series in series.samples.last.map { (series.labels, $0.value) } }
  }

  /// Of a table, by the columns' titles.
  func rows() throws -> [[String: TableFrame.Cell]] {
    let table = try TableFrame(panel, answers)
    return table.rows.map { cells in
      zip(table.columns, cells).reduce(into: [:]) { row, cell in row[cell.0.title] = cell.1 }
    }
  }

  func value(_ isMeant: ([String: String]) -> Bool) -> Double? { values.first { isMeant($0.labels) }?.value }

  func growth(_ measured: DemoCompany.Measured) -> [String: Double] { company.growth(measured, from: start, to: end) }
}
