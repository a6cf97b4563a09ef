/// All rules of `alerts/`, and what depends on what.
struct RuleLibrary: Sendable {
  static let thresholds = "agentusage-thresholds.rules.yml"

  let files: [String: RuleFile]
  /// The recorded series that each alert reads, itself or through others.
  private var dependencies: [String: Set<String>] = [:]
  /// Of each expression, as it takes a while to take one apart.
  private var reads: [String: Set<String>] = [:]

  /// - Throws: if a file cannot be read.
  init() throws {
    var files: [String: RuleFile] = [:]
    for name in Checkout.ruleFiles { files[name] = try RuleFile(named: name) }
    self.files = files
    for rule in rules { reads[rule.expr] = PromQL(rule.expr).recordedNames }
    for alert in alerts { dependencies[alert.name, default: []].formUnion(dependencies(of: alert)) }
  }

  var rules: [Rule] { files.keys.sorted().flatMap { files[$0]?.rules ?? [] } }

  var alerts: [Rule] { rules.filter(\.isAlert) }

  func rule(_ name: String) -> Rule? { rules.first { $0.name == name } }

  /// The file that holds a rule.
  func file(of rule: String) -> String? {
    files.first { $0.value.rules.contains { $0.name == rule } }?.key
  }

  /// What must be loaded for some scenes and no more: their alerts or their one rule, what those read, and the thresholds of
  /// all, but for recorded series that come from the scenes.
  func script(for scenes: RuleScene...) -> RuleFile { script(for: scenes) }

  func script(for scenes: [RuleScene]) -> RuleFile {
    let names = scenes.reduce(into: Set<String>()) { names, scene in
      let played = scene.rule ?? scene.alert
      names.formUnion(needs(played, given: scene.given).union([played]))
    }
    let homes = Set(scenes.compactMap { file(of: $0.rule ?? $0.alert) })
    var groups: [RuleFile.Group] = []
    // Recorded series of other files come from the scenes.
    for (name, file) in files.sorted(by: { $0.key < $1.key }) where homes.contains(name) || name == Self.thresholds {
      for group in file.groups {
        let rules = group.rules.filter { names.contains($0.name) }
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
      for name in reads[next.expr] ?? [] where found.insert(name).inserted {
        open += rules.filter { $0.name == name }
      }
    }
    return found.subtracting(given)
  }
}
