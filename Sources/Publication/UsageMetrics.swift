import Exposition
import Usage

/// The families of usage: what of it is reported, and by whom, as a table.
enum UsageMetrics {
  private struct Reported {
    let scope: Scope
    let measure: Measure
    let providers: [ProviderKind]
    let periodic: Bool

    init(_ scope: Scope, _ measure: Measure, _ providers: ProviderKind..., periodic: Bool = true) {
      self.scope = scope
      self.measure = measure
      self.providers = providers
      self.periodic = periodic
    }
  }

  /// The contract's section 5, "What each provider gives".
  private static let reported: [Reported] = [
    Reported(.agent, .messages, .langdock, .agentphone),
    Reported(.agent, .conversations, .langdock),
    Reported(.agent, .calls, .agentphone),
    Reported(.agent, .callSeconds, .agentphone),
    Reported(.agent, .tokens, .langdock),
    Reported(.project, .messages, .langdock),
    Reported(.model, .requests, .langdock),
    Reported(.model, .tokens, .langdock),
    Reported(.model, .costUSD, .langdock),
    Reported(.apiKey, .requests, .langdock),
    Reported(.apiKey, .tokens, .langdock),
    Reported(.apiKey, .costUSD, .langdock),
    Reported(.phoneNumber, .messages, .agentphone, periodic: false),
    Reported(.phoneNumber, .calls, .agentphone, periodic: false),
    Reported(.user, .messages, .langdock),
    Reported(.workspace, .messages, .agentphone),
    Reported(.workspace, .calls, .agentphone),
    Reported(.workspace, .webhookDeliveries, .agentphone),
    Reported(.workspace, .webhookDeliveryFailures, .agentphone, periodic: false),
  ]

  private static let activeUsers: [(Scope, [ProviderKind])] = [
    (.agent, [.langdock]), (.workspace, [.langdock]),
  ]

  /// Scope, the labels beside its identity, and who reports them.
  private static let infos: [(Scope, [String], [ProviderKind])] = [
    (.agent, ["agent_name"], [.langdock, .agentphone]),
    (.project, ["project_name"], [.langdock]),
    (.apiKey, ["api_key_name"], [.langdock]),
    (.phoneNumber, ["country", "status", "agent_id", "phone_number"], [.agentphone]),
  ]

  static let all: [MetricDescriptor] = {
    let counters = reported.map(counter)
    let gauges = reported.filter(\.periodic).map(periodGauge)
    return counters + gauges + activeUsers.map { users($0.0, $0.1) } + infos.map { info($0.0, $0.1, $0.2) }
  }()

  static func counterName(_ scope: Scope, _ measure: Measure) -> String {
    "agentusage_\(scope.rawValue)_\(measure.rawValue)_total"
  }

  static func periodName(_ scope: Scope, _ measure: Measure) -> String {
    "agentusage_\(scope.rawValue)_period_\(measure.rawValue)"
  }

  static func activeUsersName(_ scope: Scope) -> String { "agentusage_\(scope.rawValue)_active_users" }
  static func infoName(_ scope: Scope) -> String { "agentusage_\(scope.rawValue)_info" }

  private static func labels(_ scope: Scope, _ extra: [String]) -> [String] {
    ["provider", "workspace"] + scope.identityLabels + extra
  }

  private static func counter(_ row: Reported) -> MetricDescriptor {
    MetricDescriptor(
      counterName(row.scope, row.measure), .counter, labels(row.scope, [row.measure.dimension].compactMap(\.self)),
      .usage, unit: row.measure.unit, providers: row.providers,
      help: "\(row.measure.noun) of \(row.scope.noun), counted since the exporter first saw it. \(row.measure.caution)"
        .trimmed)
  }

  private static func periodGauge(_ row: Reported) -> MetricDescriptor {
    let dimension = [row.measure.dimension].compactMap(\.self)
    return MetricDescriptor(
      periodName(row.scope, row.measure), .gauge, labels(row.scope, dimension + ["period"]), .usage,
      unit: row.measure.unit, providers: row.providers,
      help: """
        \(row.measure.noun) of \(row.scope.noun) in the calendar period so far, as the provider reports it now. \
        \(row.measure.caution)
        """.trimmed)
  }

  private static func users(_ scope: Scope, _ providers: [ProviderKind]) -> MetricDescriptor {
    MetricDescriptor(
      activeUsersName(scope), .gauge, labels(scope, ["window"]), .usage, providers: providers,
      help: "Distinct users of \(scope.noun) over the window of days that ends today. Never to be summed.")
  }

  private static func info(_ scope: Scope, _ attributes: [String], _ providers: [ProviderKind]) -> MetricDescriptor {
    MetricDescriptor(
      infoName(scope), .gauge, labels(scope, attributes), .usage, providers: providers,
      help: "Names and attributes of \(scope.noun); always 1.")
  }
}

extension String {
  fileprivate var trimmed: String { last == " " ? String(dropLast()) : self }
}
