/// All rules of `alerts/`, and what depends on what.
struct RuleLibrary: Sendable {
  static let thresholds = "agentusage-thresholds.rules.yml"

  let files: [String: RuleFile]
  /// The recorded series that each alert reads, itself or through others.
  private var dependencies: [String: Set<String>] = [:]

  /// - Throws: if a file cannot be read.
  init() throws {
    var files: [String: RuleFile] = [:]
    for name in Checkout.ruleFiles { files[name] = try RuleFile(named: name) }
    self.files = files
    for alert in alerts { dependencies[alert.name, default: []].formUnion(dependencies(of: alert)) }
  }

  var rules: [Rule] { files.keys.sorted().flatMap { files[$0]?.rules ?? [] } }

  var alerts: [Rule] { rules.filter(\.isAlert) }

  func rule(_ name: String) -> Rule? { rules.first { $0.name == name } }

  /// The file that holds a rule.
  func file(of rule: String) -> String? {
    files.first { $0.value.rules.contains { $0.name == rule } }?.key
  }

  /// What must be loaded for a scene and no more: its alert or its one rule, what that reads, and the thresholds of both,
  /// but for recorded series that come from the scene.
  ///
  /// - Parameter mutated: takes the place of the rule of its name.
  func script(for scene: RuleScene, mutated: Rule? = nil) -> RuleFile {
    let played = scene.rule ?? scene.alert
    let names = needs(played, given: scene.given).union([played])
    let home = file(of: played)
    var groups: [RuleFile.Group] = []
    // Recorded series of other files come from the scenes.
    for (name, file) in files.sorted(by: { $0.key < $1.key }) where name == home || name == Self.thresholds {
      for group in file.groups {
        let rules = group.rules.filter { names.contains($0.name) }
          .map { $0.name == mutated?.name && $0.labels == mutated?.labels ? mutated ?? $0 : $0 }
        if rules.isEmpty { continue }
        let place = name == Self.thresholds ? groups.startIndex : groups.endIndex
        groups.insert(RuleFile.Group(name: group.name, rules: rules), at: place)
      }
    }
    return RuleFile(groups: groups)
  }

  private func needs(_ name: String, given: Set<String>) -> Set<String> {
    if given.isEmpty, let known = dependencies[name] { return known }
    return rules.filter { $0.name == name }.reduce(into: []) { $0.formUnion(dependencies(of: $1, given: given)) }
  }

  /// The alerts that change when a rule does: itself, or those that read it, within its file or by thresholds.
  func alertsAffected(by rule: Rule) -> [String] {
    if let alert = rule.alert { return [alert] }
    let home = file(of: rule.name)
    return dependencies.filter { alert, names in
      (home == Self.thresholds || file(of: alert) == home) && names.contains(rule.name)
    }.map(\.key)
  }

  /// The names of the recorded series that a rule reads, itself or through others.
  private func dependencies(of rule: Rule, given: Set<String> = []) -> Set<String> {
    var found = given
    var open = [rule]
    while let next = open.popLast() {
      for name in PromQL(next.expr).recordedNames where found.insert(name).inserted {
        open += rules.filter { $0.name == name }
      }
    }
    return found.subtracting(given)
  }
}
