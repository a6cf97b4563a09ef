import Dashboards
import Foundation
import Testing

@Suite("A value")
struct ValueTextTests {
  @Test(
    "is written as its unit asks",
    arguments: [
      ("locale", 0, 1_234_567.0, "1,234,567"), ("locale", 1, -1234.56, "-1,234.6"), ("locale", 0, 12, "12"),
      ("short", nil, 1234, "1.23 K"), ("short", 1, 188_100_000, "188.1 Mil"), ("short", nil, 0, "0"),
      ("bytes", 1, 12_163_482, "11.6 MiB"), ("bytes", 0, 512, "512 B"), ("percentunit", 0, 0.634, "63%"),
      ("currencyUSD", 2, 343.954, "$343.95"), ("s", 1, 0.0475, "47.5 ms"), ("s", 0, 10_800, "3 hours"),
      ("s", 1, 1_330_560, "2.2 weeks"), ("s", 0, 0, "0 s"), ("dateTimeFromNow", nil, 1_000_000, "in 17 minutes"),
      ("dateTimeFromNow", nil, -86_400_000, "a day ago"), ("dateTimeFromNow", nil, 3000, "in a few seconds"),
    ] as [(String, Int?, Double, String)])
  func text(unit: String, decimals: Int?, value: Double, text: String) throws {
    #expect(try ValueText(unit: unit, decimals: decimals, now: 0)(value) == text)
  }

  @Test("of a unit that no board uses is refused")
  func refusal() {
    #expect(throws: ExecutionFault.self) { try ValueText(unit: "velocityms", decimals: nil, now: 0) }
  }
}

@Suite("A calculation")
struct CalculationTests {
  @Test("leaves out what is no number")
  func values() {
    let values = [1, .nan, 4, 2, .infinity]
    let results = [Calculation.sum, .mean, .min, .max, .lastNotNull].map { $0(values) }
    #expect(results == [7, 7.0 / 3, 1, 4, 2])
    #expect(Calculation.sum([.nan]) == nil)
  }

  @Test("is of a series with a name made of labels")
  func names() {
    let series = QueriedSeries(labels: ["a": "x", "b": "y"], samples: [])
    #expect(series.name("{{a}}/{{ b }} {{c}}!") == "x/y !")
    #expect(series.name("") == #"a="x", b="y""#)
  }
}

@Suite("A table")
struct TableFrameTests {
  private static func panel(_ transformation: String) throws -> Board.Panel {
    let json = """
      {"type":"table","title":"t","gridPos":{"x":0,"y":0,"w":24,"h":8},
       "options":{"sortBy":[{"displayName":"Uses","desc":true}]},
       "targets":[{"refId":"A","expr":"a"},{"refId":"B","expr":"b"}],
       "transformations":[{"id":"merge","options":{}},\(transformation)]}
      """
    return try JSONDecoder().decode(Board.Panel.self, from: Data(json.utf8))
  }

  private static let organize = """
    {"id":"organize","options":{"excludeByName":{"Time":true,"Value":true,"Value #A":true},
     "indexByName":{"id":0,"Value #B":1},"renameByName":{"Value #B":"Uses"}}}
    """

  private func frame(_ panel: Board.Panel, _ answers: [[(String, Double)]]) throws -> TableFrame {
    let span = TimeSpan(start: 0, end: 60)
    let targets = panel.targets ?? []
    return try TableFrame(
      panel,
      zip(targets, answers).map { target, rows in
        PanelAnswer(
          target: target,
          query: PreparedQuery(target, of: panel, over: span, scrapeInterval: 60, width: 100, Interpolation()),
          series: rows.map { QueriedSeries(labels: ["id": $0.0], samples: [.init(time: 0, value: $0.1)]) })
      })
  }

  @Test("joins its queries by their labels, and sorts what is missing last")
  func merging() throws {
    let frame = try frame(Self.panel(Self.organize), [[("x", 1), ("y", 1), ("z", 1)], [("z", 5), ("x", 7)]])
    #expect(frame.columns.map(\.title) == ["id", "Uses"])
    #expect(frame.columns.map(\.isNumeric) == [false, true])
    let rows: [[TableFrame.Cell?]] = [[.text("x"), .number(7)], [.text("z"), .number(5)], [.text("y"), nil]]
    #expect(frame.rows == rows)
  }

  @Test("calls the value of the only query that answered by no letter")
  func single() throws {
    #expect(try frame(Self.panel(Self.organize), [[("x", 1)], []]).columns.map(\.title) == ["id"])
  }

  @Test("with another transformation is refused")
  func refusal() throws {
    let panel = try Self.panel(#"{"id":"sortBy","options":{}}"#)
    #expect(throws: ExecutionFault.self) { try frame(panel, []) }
  }
}
