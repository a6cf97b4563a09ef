/// Where scenes are played: a folder with rules, original or mutated.
struct Stage: Sendable {
  let library: RuleLibrary
  private let folder: WorkingFolder

  /// - Throws: if the rules cannot be read or the folder not be made.
  init() throws {
    library = try RuleLibrary()
    folder = try WorkingFolder()
  }

  /// A scene to be played with one rule mutated, or with none.
  struct Performance: Sendable {
    let scene: RuleScene
    var mutated: Rule?
  }

  /// Plays scenes, each with its own rules.
  ///
  /// - Returns: what became of each, in the same order.
  func play(_ performances: [Performance]) async throws -> [Promtool.Verdict] {
    var names: [String] = []
    for (index, performance) in performances.enumerated() {
      let script = library.script(for: performance.scene, mutated: performance.mutated)
      try folder.write("rules-\(index).json", script)
      let test = PromtoolTest(
        performance.scene, ruleFile: "rules-\(index).json", groups: script.groups.map(\.name))
      try folder.write("scene-\(index).json", test)
      names.append("scene-\(index).json")
    }
    let verdicts = try await Promtool(folder: folder).test(names)
    return names.map { verdicts[$0] ?? .malformed("promtool did not tell") }
  }
}
