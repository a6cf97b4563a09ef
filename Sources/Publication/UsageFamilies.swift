import Exposition
package import Usage

/// The families of usage by what they hold.
package enum UsageFamilies {
  package static let counters = byMeasure(UsageMetrics.counterName)
  static let periods = byMeasure(UsageMetrics.periodName)
  package static let activeUsers = byScope(UsageMetrics.activeUsersName)
  package static let infos = byScope(UsageMetrics.infoName)

  private static let byName = Dictionary(uniqueKeysWithValues: UsageMetrics.all.map { ($0.family.name, $0) })

  private static func byMeasure(_ name: (Scope, Measure) -> String) -> [SeriesFamily: MetricDescriptor] {
    var table: [SeriesFamily: MetricDescriptor] = [:]
    for scope in Scope.allCases {
      for measure in Measure.allCases { table[SeriesFamily(scope, measure)] = byName[name(scope, measure)] }
    }
    return table
  }

  private static func byScope(_ name: (Scope) -> String) -> [Scope: MetricDescriptor] {
    var table: [Scope: MetricDescriptor] = [:]
    for scope in Scope.allCases { table[scope] = byName[name(scope)] }
    return table
  }
}

extension SeriesKey {
  package static func < (left: SeriesKey, right: SeriesKey) -> Bool {
    if left.entity != right.entity { return left.entity < right.entity }
    if left.measure != right.measure { return left.measure.rawValue < right.measure.rawValue }
    return left.dimension < right.dimension
  }
}

extension Entity {
  package static func < (left: Entity, right: Entity) -> Bool {
    if left.scope != right.scope { return left.scope.rawValue < right.scope.rawValue }
    return left.id == right.id ? left.qualifier < right.qualifier : left.id < right.id
  }
}
