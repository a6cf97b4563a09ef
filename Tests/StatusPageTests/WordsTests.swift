import Collection
import Foundation
import StatusGallery
import StatusPage
import Testing
import Usage

@Suite("The status page's words")
struct WordsTests {
  /// The page of one fine workspace whose collector was last successful so many seconds ago.
  private func page(age: TimeInterval, zone: LocalCalendar = .utc) throws -> String {
    var workspace = Scene.fine.workspace(.tess, name: "acme", at: StatusGallery.now, in: zone)
    workspace.collectors[0].lastSuccess = StatusGallery.now.addingTimeInterval(-age)
    return try PageTests.html(StatusGallery.status([workspace]))
  }

  @Test(
    "say how long ago an instant was",
    arguments: [
      (0, "just now"), (0.5, "just now"), (1, "1 s ago"), (59.9, "59 s ago"), (60, "1 min ago"), (3599, "59 min ago"),
      (3600, "1 h ago"), (5400, "1 h 30 min ago"), (36_000, "10 h ago"), (172_799, "47 h ago"), (172_800, "2 days ago"),
      (-0.1, "in 1 s"), (-59, "in 59 s"), (-90, "in 1 min"), (1e12, "ages ago"), (-1e12, "in ages"),
    ])
  func spans(age: TimeInterval, words: String) throws {
    #expect(try page(age: age).contains("data-label=\"Last success\"><time datetime="))
    #expect(try page(age: age).contains(">\(words)</time>"))
  }

  @Test("give the exact instant in the workspace's time zone, and in UTC for machines")
  func exact() throws {
    let berlin = try #require(LocalCalendar(zone: "Europe/Berlin"))
    let html = try page(age: 3661, zone: berlin)
    #expect(
      html.contains("datetime=\"2026-11-21T16:28:59Z\" title=\"2026-11-21 17:28:59 Europe/Berlin\">1 h 1 min ago<"))
  }

  @Test(
    "write amounts with thousands apart, and credits to what matters",
    arguments: [
      (Measure.messages, 7, "7"), (.messages, 1234, "1,234"), (.messages, 1_234_567, "1,234,567"),
      (.credits, 1_000_000, "1"), (.credits, 1_230_000, "1.23"), (.credits, 5000, "0.01"), (.credits, 4999, "0"),
      (.credits, 999_994_999, "999.99"), (.credits, 1_000_500_000, "1,001"), (.credits, 12_345_499_999, "12,345"),
      (.callSeconds, 86_400, "86,400"), (.messages, Int64.max, "9,223,372,036,854,775,807"),
    ])
  func amounts(measure: Measure, amount: Int64, text: String) throws {
    let agent = AgentUsage(
      workspace: WorkspaceID(.tess, "acme"), collector: "executions", key: SeriesKey(Entity(.agent, "a"), measure),
      name: nil, month: amount, today: Day(ordinal: 20_000))
    let board = AgentBoard(
      provider: .tess, workspace: agent.workspace, measure: measure, agents: [agent], rest: 0, count: 1)
    let html = try PageTests.html(ExporterStatus(at: StatusGallery.now, workspaces: [], boards: [board]))
    #expect(html.contains("<td class=\"number\">\(text)</td>"))
  }

  @Test("draw a trend with gaps for days that were not read, and say it aloud")
  func trend() throws {
    var agent = AgentUsage(
      workspace: WorkspaceID(.tess, "acme"), collector: "executions", key: SeriesKey(Entity(.agent, "a"), .credits),
      name: nil, month: 1, today: try #require(Day(iso: "2026-11-21")))
    func html(_ trend: [Int64?]) throws -> String {
      agent.trend = trend
      let board = AgentBoard(
        provider: .tess, workspace: agent.workspace, measure: .messages, agents: [agent], rest: 0, count: 1)
      return try PageTests.html(ExporterStatus(at: StatusGallery.now, workspaces: [], boards: [board]))
    }
    let drawn = try html([10, nil, 20, 0, 5])
    #expect(drawn.contains("<path d=\"M3 12 M60 3 L88.5 21\"/><path class=\"today\" d=\"M88.5 21 L117 16.5\"/>"))
    #expect(
      drawn.contains("aria-label=\"4 days to 2026-11-21: 10 at first, 20 at most on 2026-11-19, 5 so far today\""))
    #expect(try html([nil, nil]).contains("Tess AI tells no single days of an agent."))
    #expect(try html([nil, 7]).contains("<path d=\"\"/><path class=\"today\" d=\"\"/><circle cx=\"117\" cy=\"3\""))
    #expect(try html([0, 0]).contains("<path d=\"M3 21\"/>"))
  }

  @Test("do not tell of a rate limit that began anew since")
  func allowance() throws {
    var workspace = Scene.fine.workspace(.dust, name: "acme", at: StatusGallery.now)
    func text() throws -> VisibleText { VisibleText(try PageTests.html(StatusGallery.status([workspace]))) }
    #expect(try text().holds("Requests left 4,321 of 5,000"))
    workspace.allowance?.reset = StatusGallery.now.addingTimeInterval(-1)
    #expect(try text().holds("Requests left not told"))
    workspace.allowance = ProviderAllowance(limit: nil, remaining: 3.5, reset: nil)
    #expect(try text().holds("Requests left 3 "))
    workspace.allowance = ProviderAllowance(limit: 1e300, remaining: .infinity, reset: nil)
    #expect(try text().holds("Requests left no number of more than a quadrillion"))
  }
}
