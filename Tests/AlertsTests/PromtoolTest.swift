/// A file for `promtool test rules`.
struct PromtoolTest: Encodable {
  private struct Test: Encodable {
    let name: String
    let interval: String
    let inputSeries: [InputSeries]
    let alertRuleTest: [Expectation]
    let promqlExprTest: [Answer]

    enum CodingKeys: String, CodingKey {
      case name, interval
      case inputSeries = "input_series"
      case alertRuleTest = "alert_rule_test"
      case promqlExprTest = "promql_expr_test"
    }
  }

  private struct Expectation: Encodable {
    let evalTime: String
    let alertname: String
    let expAlerts: [Alert]

    enum CodingKeys: String, CodingKey {
      case alertname
      case evalTime = "eval_time"
      case expAlerts = "exp_alerts"
    }
  }

  private struct Answer: Encodable {
    let expr: String
    let evalTime: String
    let expSamples: [RuleScene.Sample]

    enum CodingKeys: String, CodingKey {
      case expr
      case evalTime = "eval_time"
      case expSamples = "exp_samples"
    }
  }

  private struct Alert: Encodable {
    let expLabels: [String: String]
    let expAnnotations: [String: String]

    enum CodingKeys: String, CodingKey {
      case expLabels = "exp_labels"
      case expAnnotations = "exp_annotations"
    }
  }

  private let ruleFiles: [String]
  private let evaluationInterval: String
  /// Without an order promtool evaluates groups in any.
  private let groupEvalOrder: [String]
  private let tests: [Test]

  enum CodingKeys: String, CodingKey {
    case tests
    case ruleFiles = "rule_files"
    case evaluationInterval = "evaluation_interval"
    case groupEvalOrder = "group_eval_order"
  }

  init(_ play: Play, ruleFile: String) {
    ruleFiles = [ruleFile]
    groupEvalOrder = play.script.groups.map(\.name)
    evaluationInterval = "\(play.every)m"
    tests = [
      Test(
        name: play.name, interval: "\(play.every)m", inputSeries: play.series,
        alertRuleTest: play.alerts.map { alert in
          Expectation(
            evalTime: "\(alert.minute)m", alertname: alert.name,
            expAlerts: alert.expected.map { Alert(expLabels: $0.labels, expAnnotations: $0.annotations) })
        },
        promqlExprTest: play.answers.map {
          Answer(expr: $0.query, evalTime: "\($0.minute)m", expSamples: $0.samples)
        })
    ]
  }
}
