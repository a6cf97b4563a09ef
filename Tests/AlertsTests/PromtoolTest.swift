/// A file for `promtool test rules`.
struct PromtoolTest: Encodable {
  private struct Play: Encodable {
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
  private let tests: [Play]

  enum CodingKeys: String, CodingKey {
    case tests
    case ruleFiles = "rule_files"
    case evaluationInterval = "evaluation_interval"
    case groupEvalOrder = "group_eval_order"
  }

  /// - Parameter groups: in the order of their evaluation.
  init(_ scene: RuleScene, ruleFile: String, groups: [String]) {
    ruleFiles = [ruleFile]
    groupEvalOrder = groups
    evaluationInterval = "\(scene.every)m"
    let expectations = scene.checks.map { check in
      Expectation(
        evalTime: "\(check.minute)m", alertname: scene.alert,
        expAlerts: check.expected.map { Alert(expLabels: $0.labels, expAnnotations: $0.annotations) })
    }
    tests = [
      Play(
        name: scene.testDescription, interval: "\(scene.every)m", inputSeries: scene.series,
        alertRuleTest: expectations,
        promqlExprTest: scene.recorded.map {
          Answer(expr: $0.query, evalTime: "\($0.minute)m", expSamples: $0.samples)
        })
    ]
  }
}
