/// Rules under several choices of thresholds at once.
///
/// What depends on a threshold with several values is recorded once for each, under a name of its own; the rest, which is
/// the expensive part, once for all.
package struct ThresholdGrid: Sendable {
  private typealias Choice = [(threshold: ThresholdValues, value: String)]

  /// The rules of all settings.
  package private(set) var rules: [Rule]
  /// The shipped thresholds, or the single values given in their place: what targets apply to.
  package let judged: Setting
  /// One for the first values of all other thresholds, one for the second, and so on.
  package private(set) var compared: [Setting] = []

  package var settings: [Setting] { [judged] + compared }

  /// - Throws: ``EvaluationError`` for rules without an alert of usage, for a threshold that no rule records, and for
  ///   thresholds with different numbers of values.
  package init(_ thresholds: [ThresholdValues], rules: [Rule]) throws {
    let alerts = rules.filter { $0.alert.map(UsageAlert.contains) == true }
    guard !alerts.isEmpty else {
      throw EvaluationError("no rule file has an alert of usage: give the folder of the shipped rules with --rules")
    }
    let known = Set(rules.compactMap(\.record))
    for threshold in thresholds where !known.contains(threshold.metric) {
      throw EvaluationError("no rule records \(threshold.metric): see agentusage-thresholds.rules.yml for the names")
    }
    let single = thresholds.filter { $0.values.count == 1 }
    let several = thresholds.filter { $0.values.count > 1 }
    let base = rules.map { rule in
      single.last { $0.metric == rule.record }.map { rule.recording($0.values[0]) } ?? rule
    }
    self.rules = base
    let title = single.map { "\($0.name)=\($0.values[0])" }.joined(separator: " ")
    judged = Setting(title: title.isEmpty ? "shipped" : title, alerts: alerts)
    let reads = Self.dependents(on: several, among: base)
    guard Set(several.map(\.values.count)).count < 2 else {
      throw EvaluationError("thresholds with several values are compared side by side: give each as many as the others")
    }
    for index in several.first?.values.indices ?? 0..<0 {
      add(several.map { ($0, $0.values[index]) }, to: base, alerts: alerts, reads: reads)
    }
  }

  /// The recorded metrics that depend on some of the thresholds, and on which.
  private static func dependents(on thresholds: [ThresholdValues], among rules: [Rule]) -> [String: Set<String>] {
    var reads = Dictionary(thresholds.map { ($0.metric, Set([$0.metric])) }) { first, _ in first }
    var grows = true
    while grows {
      grows = false
      for rule in rules {
        guard let record = rule.record else { continue }
        let read = PromQLReading(rule.expr).metrics.reduce(into: Set()) { $0.formUnion(reads[$1] ?? []) }
        guard !read.isSubset(of: reads[record] ?? []) else { continue }
        reads[record, default: []].formUnion(read)
        grows = true
      }
    }
    return reads
  }

  private mutating func add(_ choice: Choice, to base: [Rule], alerts: [Rule], reads: [String: Set<String>]) {
    var names: [String: String] = [:]
    for (metric, thresholds) in reads {
      let chosen = choice.filter { thresholds.contains($0.threshold.metric) }
      names[metric] = metric + chosen.map { Self.suffix($0.threshold.name, $0.value) }.joined()
    }
    for rule in base {
      guard let record = rule.record, let name = names[record] else { continue }
      let value = choice.first { $0.threshold.metric == record }?.value
      let copy = (value.map(rule.recording) ?? rule.reading(names)).named(name)
      if !rules.contains(copy) { rules.append(copy) }
    }
    let title = choice.map { "\($0.threshold.name)=\($0.value)" }.joined(separator: " ")
    compared.append(Setting(title: title, alerts: alerts.map { $0.reading(names) }))
  }

  private static func suffix(_ name: String, _ value: String) -> String {
    ":\(name)_" + String(value.map { $0.isASCII && $0.isNumber ? $0 : "_" })
  }
}

extension Rule {
  fileprivate func recording(_ value: String) -> Rule {
    var rule = self
    rule.expr = "vector(\(value))"
    return rule
  }

  fileprivate func named(_ name: String) -> Rule {
    var rule = self
    rule.record = name
    return rule
  }

  fileprivate func reading(_ names: [String: String]) -> Rule {
    var rule = self
    rule.expr = PromQLReading.renaming(names, in: expr)
    return rule
  }
}
