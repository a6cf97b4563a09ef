import AlertEvaluation
import Testing

@Suite struct ThresholdGridTests {
  private let rules = [
    Rule(record: "agentusage:threshold:k", expr: "vector(3)"),
    Rule(record: "agentusage:threshold:floor", expr: "vector(12)"),
    Rule(record: "a:mean", expr: "avg_over_time(x_total[1w])"),
    Rule(record: "a:limit", expr: "scalar(agentusage:threshold:k) * a:mean"),
    Rule(alert: "AgentUsageSpike", expr: "x_total > a:limit"),
    Rule(alert: "AgentUsageBurst", expr: "x_total > scalar(agentusage:threshold:floor)"),
  ]

  private func grid(_ thresholds: String...) throws -> ThresholdGrid {
    try ThresholdGrid(thresholds.map { try #require(ThresholdValues($0)) }, rules: rules)
  }

  @Test func withoutOtherThresholdsAllIsAsShipped() throws {
    let grid = try grid()
    #expect(grid.rules == rules)
    #expect(grid.settings == [Setting(title: "shipped", alerts: Array(rules.suffix(2)))])
  }

  @Test func aSingleValueTakesThePlaceOfTheShippedOne() throws {
    let grid = try grid("k=4.5")
    #expect(grid.rules.first?.expr == "vector(4.5)")
    #expect(grid.rules.dropFirst() == rules.dropFirst())
    #expect(grid.settings.map(\.title) == ["k=4.5"])
  }

  @Test func severalValuesAddWhatDependsOnThem() throws {
    let grid = try grid("k=4/4.5")
    let added = grid.rules.dropFirst(rules.count)
    #expect(
      added.compactMap(\.record).sorted() == [
        "a:limit:k_4", "a:limit:k_4_5", "agentusage:threshold:k:k_4", "agentusage:threshold:k:k_4_5",
      ])
    #expect(added.first { $0.record == "a:limit:k_4_5" }?.expr == "scalar(agentusage:threshold:k:k_4_5) * a:mean")
    #expect(added.first { $0.record == "agentusage:threshold:k:k_4_5" }?.expr == "vector(4.5)")
    #expect(grid.settings.map(\.title) == ["shipped", "k=4", "k=4.5"])
    #expect(grid.compared[1].alerts.map(\.expr) == ["x_total > a:limit:k_4_5", rules[5].expr])
  }

  @Test func valuesOfSeveralThresholdsAreTakenSideBySide() throws {
    let grid = try grid("k=4/5/4", "floor=1/1/2")
    #expect(grid.compared.map(\.title) == ["k=4 floor=1", "k=5 floor=1", "k=4 floor=2"])
    #expect(grid.rules.count == rules.count + 6)
  }

  @Test func asManyValuesAreWantedOfEach() {
    #expect(throws: EvaluationError.self) { try grid("k=4/5", "floor=1/2/3") }
  }

  @Test func aThresholdThatThereIsNotIsNamed() {
    let error = #expect(throws: EvaluationError.self) { try grid("q=1") }
    #expect(error?.description.contains("agentusage:threshold:q") == true)
  }

  @Test(arguments: ["k", "k=", "k=a", "=1", "k=1/", "k=1=2", "k=inf"])
  func whatIsNoThresholdIsRefused(_ text: String) {
    #expect(ThresholdValues(text) == nil)
  }
}
