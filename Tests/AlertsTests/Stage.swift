/// Where scenes are played: a folder with rules, original or mutated.
struct Stage: Sendable {
  let library: RuleLibrary
  private let folder: WorkingFolder

  /// - Throws: if the rules cannot be read or the folder not be made.
  init() throws {
    library = try RuleLibrary()
    folder = try WorkingFolder()
  }

  /// A scene to be played with one rule mutated.
  struct Performance: Sendable {
    let scene: RuleScene
    let mutated: Rule
  }

  /// Plays scenes, each with its own rules.
  ///
  /// - Returns: what became of each, in the same order.
  func play(_ scenes: [RuleScene]) async throws -> [Promtool.Verdict] {
    try await play(scenes.map { Play(of: $0, library.script(for: $0)) })
  }

  func play(_ plays: [Play]) async throws -> [Promtool.Verdict] {
    var files: [Promtool.File] = []
    for (index, play) in plays.enumerated() {
      try folder.write("rules-\(index).json", play.script)
      try folder.write("scene-\(index).json", PromtoolTest(play, ruleFile: "rules-\(index).json"))
      files.append(Promtool.File(name: "scene-\(index).json", weight: play.weight))
    }
    let verdicts = try await Promtool(folder: folder).test(files)
    return files.map { verdicts[$0.name] ?? .malformed("promtool did not tell") }
  }

  // MARK: Mutants

  /// Of one scene: more would take more memory than time is saved.
  private static let mutantsInPlay = 40

  /// Plays scenes with mutated rules, those of one scene side by side.
  ///
  /// - Returns: what became of each, in the same order.
  func play(_ performances: [Performance]) async throws -> [Promtool.Verdict] {
    var verdicts = [Promtool.Verdict?](repeating: nil, count: performances.count)
    while true {
      let open = performances.indices.filter { verdicts[$0] == nil }
      if open.isEmpty { break }
      let casts = Self.casts(open, of: performances)
      let plays = casts.map { cast in
        Play(of: performances[cast[0]].scene, cast.map { performances[$0].mutated }, in: library)
      }
      for (cast, output) in zip(casts, try await play(plays)) { Self.judge(cast, by: output, &verdicts) }
    }
    return verdicts.map { $0 ?? .malformed("not played") }
  }

  /// - Returns: indices of performances of one scene.
  private static func casts(_ open: [Int], of performances: [Performance]) -> [[Int]] {
    Dictionary(grouping: open) { performances[$0].scene.testDescription }
      .sorted { $0.key < $1.key }.flatMap { _, cast in
        stride(from: 0, to: cast.count, by: mutantsInPlay).map { Array(cast[$0..<min($0 + mutantsInPlay, cast.count)]) }
      }
  }

  /// What promtool says of a mutant by its name settles that one. A rule that does not parse or cannot be evaluated ends the
  /// whole play: then nothing is known of the others, which are played again.
  private static func judge(_ cast: [Int], by verdict: Promtool.Verdict, _ verdicts: inout [Promtool.Verdict?]) {
    switch verdict {
    case .passed: for index in cast { verdicts[index] = .passed }
    case .failed(let output), .malformed(let output):
      let named = Variant.numbers(in: output).filter(cast.indices.contains)
      // Were it nobody's fault, it would be so for ever.
      guard !named.isEmpty else { return cast.forEach { verdicts[$0] = .malformed(output) } }
      for number in named { verdicts[cast[number]] = verdict }
      if verdict.isOfAll {
        for number in cast.indices where !named.contains(number) { verdicts[cast[number]] = .passed }
      }
    }
  }
}
