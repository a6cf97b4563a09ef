import AlertEvaluation
import Testing

@Suite struct RuleLevelsTests {
  private func rule(_ record: String, _ expr: String) -> Rule { Rule(record: record, expr: expr) }
  private let alert = Rule(alert: "A", expr: "a:high > scalar(a:threshold)")

  private func levels(_ rules: [Rule], alerts: [Rule]? = nil, scraped: Set<String> = ["x_total"]) throws -> RuleLevels {
    try RuleLevels(of: alerts ?? [alert], among: rules, scraped: scraped)
  }

  @Test func whatIsReadIsRecordedBefore() throws {
    let levels = try levels([
      rule("a:high", "a:low - a:mean offset 1d"), rule("a:mean", "avg_over_time(a:low[1w:1h])"),
      rule("a:low", "increase(x_total[1d])"), rule("a:threshold", "vector(3)"), rule("a:unread", "x_total"),
    ])
    let names = levels.levels.map { $0.rules.compactMap(\.record) }
    #expect(names == [["a:low", "a:threshold"], ["a:mean"], ["a:high"]])
    #expect(levels.inputs == ["x_total"])
    #expect(levels.absent.isEmpty)
  }

  @Test func recordingBeginsEarlyEnough() throws {
    let levels = try levels([
      rule("a:high", "a:mean offset 1w"), rule("a:mean", "avg_over_time(a:low[1w:1h] offset 1d)"),
      rule("a:low", "increase(x_total[1d])"), rule("a:threshold", "vector(3)"),
    ])
    let day = 86_400
    #expect(levels.levels.map(\.reach) == [15 * day, 7 * day, 0])
  }

  @Test func twoRulesOfOneNameAreOneMetric() throws {
    let levels = try levels([
      rule("a:high", "a:low"), rule("a:high", "x_total"), rule("a:low", "x_total"), rule("a:threshold", "vector(1)"),
    ])
    #expect(levels.levels.map(\.rules.count) == [2, 2])
  }

  @Test func aCycleIsFound() {
    let error = #expect(throws: EvaluationError.self) {
      try levels([rule("a:high", "a:low"), rule("a:low", "a:high offset 5m"), rule("a:threshold", "vector(1)")])
    }
    #expect(error?.description.contains("a:high → a:low → a:high") == true)
  }

  @Test func aSeriesThatNoRuleRecordsIsNamed() {
    let error = #expect(throws: EvaluationError.self) { try levels([rule("a:high", "x_total")]) }
    #expect(error?.description.contains("A reads a:threshold, which no rule records") == true)
  }

  @Test func aRuleOfWhichNothingCanComeIsNamed() {
    let error = #expect(throws: EvaluationError.self) {
      try levels([rule("a:high", "y_total"), rule("a:threshold", "vector(1)")])
    }
    #expect(error?.description.contains("a:high reads only y_total") == true)
  }

  @Test func aMetricThatIsMissingBesideOthersIsReported() throws {
    let levels = try levels([rule("a:high", "x_total or y_total"), rule("a:threshold", "vector(1)")])
    #expect(levels.absent == ["y_total"])
  }

  @Test func aMatcherOfNamesCannotBeFollowed() {
    #expect(throws: EvaluationError.self) {
      try levels([rule("a:high", #"{__name__=~"x.+"}"#), rule("a:threshold", "vector(1)")])
    }
  }
}
