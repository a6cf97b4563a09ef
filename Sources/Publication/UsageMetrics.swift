import Exposition
import Providers
import Usage

/// The families of usage: what the providers say that they give, and by whom it is given.
enum UsageMetrics {
  /// A measure of a scope, and who reports it.
  private struct Reported {
    let scope: Scope
    let measure: Measure
    var providers: [ProviderKind] = []
    var periodic: [ProviderKind] = []
  }

  /// The contract's section 5, "What each provider gives".
  private static let reported: [Reported] = Scope.allCases.flatMap { scope in
    Measure.allCases.compactMap { measure in
      var entry = Reported(scope: scope, measure: measure)
      for provider in ProviderRegistry.all {
        for series in provider.gives.series where series.family == SeriesFamily(scope, measure) {
          entry.providers.append(provider.kind)
          if series.isPeriodic { entry.periodic.append(provider.kind) }
        }
      }
      return entry.providers.isEmpty ? nil : entry
    }
  }

  static let all: [MetricDescriptor] = {
    let counters = reported.map(counter)
    let gauges = reported.filter { !$0.periodic.isEmpty }.map(periodGauge)
    return counters + gauges + Scope.allCases.compactMap(users) + Scope.allCases.compactMap(info)
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
      unit: row.measure.unit, providers: row.periodic,
      help: """
        \(row.measure.noun) of \(row.scope.noun) in the calendar period so far, as the provider reports it now. \
        \(row.measure.caution)
        """.trimmed)
  }

  private static func users(_ scope: Scope) -> MetricDescriptor? {
    let providers = ProviderRegistry.all.filter { $0.gives.activeUsers.contains(scope) }.map(\.kind)
    guard !providers.isEmpty else { return nil }
    return MetricDescriptor(
      activeUsersName(scope), .gauge, labels(scope, ["window"]), .usage, providers: providers,
      help: "Distinct users of \(scope.noun) over the window of days that ends today. Never to be summed.")
  }

  private static func info(_ scope: Scope) -> MetricDescriptor? {
    let providers = ProviderRegistry.all.filter { $0.gives.attributes[scope] != nil }
    guard !providers.isEmpty else { return nil }
    var attributes: [String] = []
    for label in providers.flatMap({ $0.gives.attributes[scope] ?? [] }) where !attributes.contains(label) {
      attributes.append(label)
    }
    return MetricDescriptor(
      infoName(scope), .gauge, labels(scope, attributes), .usage, providers: providers.map(\.kind),
      help: "Names and attributes of \(scope.noun); always 1.")
  }
}

extension String {
  fileprivate var trimmed: String { last == " " ? String(dropLast()) : self }
}
