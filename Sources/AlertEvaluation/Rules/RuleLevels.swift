/// The recording rules that some alerts depend on, in an order in which they can be backfilled.
package struct RuleLevels: Sendable, Hashable {
  /// Rules of a level read only metrics that were scraped or recorded in levels before.
  package struct Level: Sendable, Hashable {
    package let rules: [Rule]
    /// Seconds before the first evaluation of an alert from which on its series are read.
    package let reach: Int
  }

  package let levels: [Level]
  /// Scraped metrics that are read, of those that there are.
  package let inputs: Set<String>
  /// Scraped metrics that are read, and of which there are none.
  package let absent: Set<String>

  /// - Parameters:
  ///   - alerts: the rules from which on dependencies are followed.
  ///   - scraped: metrics that there will be.
  /// - Throws: ``EvaluationError`` for a cycle, a recorded series that no rule records, and a rule that nothing can come of.
  package init(of alerts: [Rule], among rules: [Rule], scraped: Set<String>) throws {
    var ordering = RuleOrdering(recorded: Dictionary(grouping: rules.filter { $0.record != nil }) { $0.record ?? "" })
    for alert in alerts { try ordering.follow(alert, named: alert.alert ?? "") }
    let read = ordering.scraped
    inputs = read.intersection(scraped)
    absent = read.subtracting(scraped)
    let depth = ordering.depths.values.max() ?? -1
    let reaches = ordering.reaches(from: alerts)
    levels = (0..<depth + 1).map { depth in
      let names = ordering.depths.filter { $0.value == depth }.keys.sorted()
      return Level(
        rules: names.flatMap { ordering.recorded[$0] ?? [] }, reach: names.compactMap { reaches[$0] }.max() ?? 0)
    }
    for rule in levels.flatMap(\.rules) + alerts {
      let metrics = PromQLReading(rule.expr).metrics
      if !metrics.isEmpty, metrics.isSubset(of: absent) {
        throw EvaluationError(
          "\(rule.record ?? rule.alert ?? "") reads only \(metrics.sorted().joined(separator: ", ")), which the generator "
            + "does not write: extend History")
      }
    }
  }
}

/// Follows dependencies to their ends.
private struct RuleOrdering {
  let recorded: [String: [Rule]]
  /// The level of each recorded series.
  private(set) var depths: [String: Int] = [:]
  private(set) var scraped: Set<String> = []
  private var path: [String] = []

  init(recorded: [String: [Rule]]) {
    self.recorded = recorded
  }

  /// - Returns: the highest level that it reads, -1 for none.
  @discardableResult
  mutating func follow(_ rule: Rule, named name: String) throws -> Int {
    let reading = PromQLReading(rule.expr)
    guard !reading.matchesNames else {
      throw EvaluationError("\(name) reads metrics by a matcher of __name__: what it depends on cannot be told")
    }
    var depth = -1
    for metric in reading.metrics.sorted() {
      if recorded[metric] != nil {
        depth = max(depth, try level(of: metric))
      } else if metric.contains(":") {
        throw EvaluationError("\(name) reads \(metric), which no rule records: is its file among those in --rules?")
      } else {
        scraped.insert(metric)
      }
    }
    return depth
  }

  private mutating func level(of metric: String) throws -> Int {
    if let depth = depths[metric] { return depth }
    guard !path.contains(metric) else {
      let cycle = (path.drop { $0 != metric } + [metric]).joined(separator: " → ")
      throw EvaluationError("rules that read their own past cannot be backfilled level by level: \(cycle)")
    }
    path.append(metric)
    defer { path.removeLast() }
    var depth = 0
    for rule in recorded[metric] ?? [] { depth = max(depth, try follow(rule, named: metric) + 1) }
    depths[metric] = depth
    return depth
  }

  /// How far back each recorded series is read, highest levels first.
  func reaches(from alerts: [Rule]) -> [String: Int] {
    var reaches: [String: Int] = [:]
    func pass(_ rule: Rule, from reach: Int) {
      let reading = PromQLReading(rule.expr)
      for metric in reading.metrics where recorded[metric] != nil {
        reaches[metric] = max(reaches[metric] ?? 0, reach + reading.reach(of: metric))
      }
    }
    for alert in alerts { pass(alert, from: 0) }
    for (metric, _) in depths.sorted(by: { $0.value > $1.value }) {
      for rule in recorded[metric] ?? [] { pass(rule, from: reaches[metric] ?? 0) }
    }
    return reaches
  }
}
