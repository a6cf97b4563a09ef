/// What promtool is to play at once: rules, what is scraped, and what must come of it.
struct Play: Sendable {
  let name: String
  let script: RuleFile
  /// Minutes between samples, and between evaluations.
  let every: Int
  let series: [InputSeries]
  private(set) var alerts: [Alert] = []
  private(set) var answers: [RuleScene.Recorded] = []

  /// All alerts of one name that fire at an instant.
  struct Alert: Sendable {
    let name: String
    let minute: Int
    let expected: [FiringAlert]
  }

  /// How long it takes, compared with others.
  var weight: Int {
    let last = (alerts.map(\.minute) + answers.map(\.minute)).max() ?? 0
    return (last / every + 50) * script.rules.count
  }

  private init(_ name: String, _ script: RuleFile, every: Int, series: [InputSeries]) {
    self.name = name
    self.script = script
    self.every = every
    self.series = series
  }

  // MARK: One scene

  init(of scene: RuleScene, _ script: RuleFile) {
    self.init(scene.testDescription, script, every: scene.every, series: scene.series)
    alerts = scene.checks.map { Alert(name: scene.alert, minute: $0.minute, expected: $0.expected) }
    answers = scene.recorded
  }

  // MARK: Mutants of one scene

  /// The scene once for each mutated rule: what one of them does not change is checked elsewhere.
  init(of scene: RuleScene, _ mutated: [Rule], in library: RuleLibrary) {
    let plain = library.script(for: scene)
    let variants = mutated.enumerated().map { Variant($0.offset, $0.element, among: plain.rules) }
    self.init(scene.testDescription, plain.with(variants), every: scene.every, series: scene.series)
    for variant in variants {
      if variant.names.contains(scene.alert) {
        alerts += scene.checks.map {
          Alert(name: scene.alert + variant.suffix, minute: $0.minute, expected: $0.expected)
        }
      }
      for answer in scene.recorded where !Words.recorded(in: answer.query).isDisjoint(with: variant.names) {
        answers.append(
          RuleScene.Recorded(minute: answer.minute, query: variant.renamed(answer.query), samples: answer.samples))
      }
    }
  }

  // MARK: Scenes side by side

  /// Scenes of one and the same workspace, each moved to its own: the rules are evaluated once for all of them.
  init(sideBySide scenes: [RuleScene], in library: RuleLibrary) {
    let plain = library.script(for: scenes)
    self.init(
      "\(scenes.count) scenes", plain.with(alertsOf: scenes), every: scenes.map(\.every).min() ?? 1,
      series: scenes.enumerated().flatMap { number, scene in
        scene.series.map { InputSeries(Self.moved($0.series, number), $0.values) }
      })
    for (number, scene) in scenes.enumerated() {
      alerts += scene.checks.map { check in
        Alert(
          name: scene.alert + "_m\(number)", minute: check.minute,
          expected: check.expected.map { $0.mapTexts { Self.moved($0, number) } })
      }
    }
  }

  static let workspace = "acme"

  private static func moved(_ text: String, _ number: Int) -> String {
    text.replacing(workspace, with: "\(workspace)\(number)")
  }
}

extension RuleFile {
  /// Each rule that a variant changes once for each, in its place; what nobody reads any more is left out.
  fileprivate func with(_ variants: [Variant]) -> RuleFile {
    let copied = groups.map { group in
      group.rules.map { rule in (rule, variants.compactMap { $0.copy(of: rule) }) }
    }
    var needed: Set<String> = []
    var open = copied.flatMap { $0.flatMap(\.1) }
    while let reader = open.popLast() {
      for name in reader.recordedNames where needed.insert(name).inserted { open += rules.filter { $0.name == name } }
    }
    return RuleFile(
      groups: zip(groups, copied).map { group, rules in
        Group(
          name: group.name, rules: rules.flatMap { rule, copies in (needed.contains(rule.name) ? [rule] : []) + copies }
        )
      })
  }

  /// The alert of each scene once for its workspace alone, whatever happens in others.
  fileprivate func with(alertsOf scenes: [RuleScene]) -> RuleFile {
    RuleFile(
      groups: groups.map { group in
        Group(
          name: group.name,
          rules: group.rules.flatMap { rule in
            guard rule.isAlert else { return [rule] }
            return scenes.enumerated().filter { $0.element.alert == rule.name }.map { number, _ in
              var copy = rule
              copy.alert = rule.name + "_m\(number)"
              let workspace = "\"\(Play.workspace)\(number)\""
              copy.expr =
                "(\(rule.expr)\n) and on (workspace) label_replace(vector(1), \"workspace\", \(workspace), \"\", \"\")"
              return copy
            }
          })
      })
  }
}
