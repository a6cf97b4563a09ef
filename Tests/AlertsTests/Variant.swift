/// A mutated rule that is played beside others of its like: it, and all that reads it, under names of their own.
///
/// What they read in common is evaluated once for all of them, and the scene's series are loaded once.
struct Variant: Sendable {
  let suffix: String
  let mutated: Rule
  /// The names that get the suffix.
  let names: Set<String>

  /// - Parameter rules: all that is played.
  init(_ number: Int, _ mutated: Rule, among rules: [Rule]) {
    suffix = "_m\(number)"
    self.mutated = mutated
    var names: Set<String> = []
    var open: Set<String> = [mutated.name]
    while !open.isEmpty {
      names.formUnion(open)
      open = Set(rules.filter { !$0.recordedNames.isDisjoint(with: names) }.map(\.name)).subtracting(names)
    }
    self.names = names
  }

  /// - Returns: nil if the rule is the same for all.
  func copy(of rule: Rule) -> Rule? {
    guard names.contains(rule.name) else { return nil }
    var copy = rule.name == mutated.name && rule.labels == mutated.labels ? mutated : rule
    copy.record = copy.record.map { $0 + suffix }
    copy.alert = copy.alert.map { $0 + suffix }
    copy.expr = renamed(copy.expr)
    copy.annotations = copy.annotations?.mapValues(renamed)
    return copy
  }

  func renamed(_ text: String) -> String { Words.adding(suffix, to: names, in: text) }

  /// The numbers of the variants that an output of promtool speaks of.
  static func numbers(in output: String) -> Set<Int> {
    Set(output.matches(of: /_m([0-9]+)\b/).compactMap { Int($0.1) })
  }
}

extension Rule {
  /// The recorded series that its expression or its texts read.
  var recordedNames: Set<String> {
    (annotations ?? [:]).values.reduce(into: Words.recorded(in: expr)) { $0.formUnion(Words.recorded(in: $1)) }
  }
}
