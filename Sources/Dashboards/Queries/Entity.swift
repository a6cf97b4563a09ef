/// What usage is about, and the labels that identify it.
struct Entity: Sendable {
  /// As in the names of metrics.
  let scope: String
  let identity: [String]
  /// The label of its `_info` series that holds its name.
  var name: String?

  static let agent = Entity("agent", ["agent_id"], name: "agent_name")
  static let project = Entity("project", ["project_id"], name: "project_name")
  static let apiKey = Entity("api_key", ["api_key_id"], name: "api_key_name")
  static let model = Entity("model", ["model", "model_provider"])
  static let source = Entity("source", ["source"])
  static let skill = Entity("skill", ["skill"])
  static let tool = Entity("tool", ["tool"])
  static let user = Entity("user", ["user_id"])
  static let phoneNumber = Entity("phone_number", ["phone_number_id"])
  static let workspace = Entity("workspace", [])

  private init(_ scope: String, _ labels: [String], name: String? = nil) {
    self.scope = scope
    identity = ["provider", "workspace"] + labels
    self.name = name
  }

  /// What was used over a window. The greatest of several exporters that see the same workspace, so that none counts twice.
  ///
  /// - Parameter dimensions: labels of the measure to keep apart, as `token_type`.
  func used(
    _ measure: String, over window: Window = .range, by dimensions: [String] = [], where matchers: [String] = []
  ) -> Expression {
    let series = Series.scraped("agentusage_\(scope)_\(measure)_total")
    return Series(name: series.name, matchers: series.matchers + matchers)
      .increase(over: window).aggregated("max", identity + dimensions)
  }

  /// An entity for each that has any of the measures, with one of them as value.
  func having(_ measures: String...) -> Expression {
    Expression(measures.map { used($0).text }.joined(separator: " or "))
  }

  /// Messages, executions and calls together, for comparing providers that count different things.
  func uses(over window: Window = .range, where matchers: [String] = []) -> Expression {
    let measures = ["messages", "executions", "calls"]
    let parts = measures.map { used($0, over: window, where: matchers).labelled("measure", $0).text }
    return Expression(parts.joined(separator: " or ")).aggregated("sum", identity)
  }

  /// A gauge of the entity, the greatest of several exporters.
  func gauge(_ measure: String, by dimensions: [String] = [], _ matchers: String...) -> Expression {
    let series = Series.scraped("agentusage_\(scope)_\(measure)")
    return Series(name: series.name, matchers: series.matchers + matchers)
      .value.aggregated("max", identity + dimensions)
  }
}
