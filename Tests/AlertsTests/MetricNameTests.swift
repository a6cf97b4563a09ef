import Testing

@Suite struct MetricNameTests {
  /// The names of the metric reference.
  private static func reference() throws -> Set<String> {
    let names = try Checkout.text("README.md").matches(of: /\n\| `(agentusage_[a-z0-9_]+)` \|/).map { String($0.1) }
    return Set(names)
  }

  /// A rule that reads a series which nobody writes is silent for ever.
  @Test func everyNameExists() throws {
    let library = try RuleLibrary()
    let reference = try Self.reference()
    let records = Set(library.rules.compactMap(\.record))
    #expect(reference.count > 50 && !records.isEmpty)
    for rule in library.rules {
      let query = PromQL(rule.expr)
      for name in query.rawNames where name != "up" { #expect(reference.contains(name), "\(rule.name): \(name)") }
      for name in query.recordedNames { #expect(records.contains(name), "\(rule.name): \(name)") }
      for pattern in query.namePatterns {
        let expression = try Regex(pattern)
        #expect(reference.contains { $0.wholeMatch(of: expression) != nil }, "\(rule.name): \(pattern)")
      }
    }
  }

  /// What is recorded is read by an alert, or drawn: nothing is computed every minute for nobody.
  @Test func everyThresholdIsRead() throws {
    let library = try RuleLibrary()
    let read = library.rules.reduce(into: Set<String>()) { $0.formUnion(PromQL($1.expr).recordedNames) }
    for record in library.rules.compactMap(\.record) { #expect(read.contains(record), "\(record)") }
  }
}
