/// A rule with one mechanical fault.
struct Mutant: Sendable {
  let rule: String
  /// What was changed, for people and for the list of equivalent mutants.
  let change: String
  let mutated: Rule

  var name: String { "\(rule): \(change)" }

  /// Every mutant of a rule.
  static func all(of rule: Rule) -> [Mutant] {
    var mutants = holdMutants(of: rule)
    let query = PromQL(rule.expr)
    for edit in Edits(query).all {
      var mutated = rule
      mutated.expr = query.replacing(edit.range, with: edit.text)
      mutants.append(Mutant(rule: rule.name, change: edit.change, mutated: mutated))
    }
    return numbered(mutants)
  }

  /// `for` left out and made ten times as long; `keep_firing_for` left out.
  private static func holdMutants(of rule: Rule) -> [Mutant] {
    var mutants: [Mutant] = []
    func add(_ change: String, _ body: (inout Rule) -> Void) {
      var mutated = rule
      body(&mutated)
      mutants.append(Mutant(rule: rule.name, change: change, mutated: mutated))
    }
    if let hold = rule.hold {
      add("without `for`") { $0.hold = nil }
      add("`for` × 10") { $0.hold = PromQL.scaled(hold, by: 10) }
    }
    if rule.keepFiring != nil { add("without `keep_firing_for`") { $0.keepFiring = nil } }
    return mutants
  }

  /// The same change at several places of a rule is told apart by its number.
  private static func numbered(_ mutants: [Mutant]) -> [Mutant] {
    var seen: [String: Int] = [:]
    return mutants.map { mutant in
      seen[mutant.change, default: 0] += 1
      let number = seen[mutant.change] ?? 1
      guard number > 1 else { return mutant }
      return Mutant(rule: mutant.rule, change: "\(mutant.change) #\(number)", mutated: mutant.mutated)
    }
  }
}

extension PromQL {
  /// A duration of one unit, as `10m`, multiplied; whole seconds.
  static func scaled(_ duration: String, by factor: Double) -> String {
    let seconds: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
    guard let unit = duration.last, let scale = seconds[unit], let count = Double(duration.dropLast()) else {
      return duration
    }
    return "\(Int(count * scale * factor))s"
  }
}
