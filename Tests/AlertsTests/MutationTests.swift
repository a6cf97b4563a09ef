import Testing

@Suite struct MutationTests {
  /// A mutant that no scene has found yet, and the scenes that may.
  private struct Suspect {
    let mutant: Mutant
    var scenes: ArraySlice<RuleScene>
  }

  /// Each mechanical fault in a rule makes a scene come out differently, bar the few that are none.
  @Test(arguments: Checkout.ruleFiles)
  func everyFaultIsFound(_ file: String) async throws {
    let stage = try Stage()
    let rules = try #require(stage.library.files[file]).rules
    let mutants = rules.flatMap(Mutant.all(of:))
    let scenes = Dictionary(
      uniqueKeysWithValues: Set(rules.map(\.name)).map { ($0, Self.scenes(for: $0, of: stage.library)) })
    var suspects = mutants.map { Suspect(mutant: $0, scenes: scenes[$0.rule] ?? []) }
    var survivors: Set<String> = []
    // One scene at a time for all that are left: most are found by their first or second.
    while !suspects.isEmpty {
      survivors.formUnion(suspects.filter(\.scenes.isEmpty).map(\.mutant.name))
      suspects.removeAll(where: \.scenes.isEmpty)
      let verdicts = try await stage.play(
        suspects.compactMap { suspect in
          suspect.scenes.first.map { Stage.Performance(scene: $0, mutated: suspect.mutant.mutated) }
        })
      suspects = zip(suspects, verdicts).compactMap { suspect, verdict in
        // What does not parse is no fault that could be shipped: its edit is to be mended.
        if case .malformed(let output) = verdict { Issue.record("\(suspect.mutant.name): \(output)") }
        guard verdict == .passed else { return nil }
        return Suspect(mutant: suspect.mutant, scenes: suspect.scenes.dropFirst())
      }
    }
    let ours = Set(mutants.map(\.name))
    let known = Set(EquivalentMutants.all.keys).intersection(ours)
    for name in survivors.subtracting(known).sorted() { Issue.record("no scene finds \(name)") }
    for name in known.subtracting(survivors).sorted() { Issue.record("not equivalent: \(name)") }
  }

  /// A rule that is as it should be passes where its mutants are played: they are found for their faults, not for how they
  /// are played.
  @Test func unbrokenRulesPass() async throws {
    let stage = try Stage()
    let performances = stage.library.rules.flatMap { rule in
      Self.scenes(for: rule.name, of: stage.library).prefix(2).map { Stage.Performance(scene: $0, mutated: rule) }
    }
    #expect(performances.count >= stage.library.rules.count)
    for (performance, verdict) in zip(performances, try await stage.play(performances)) {
      #expect(verdict == .passed, "\(performance.mutated.name) in \(performance.scene.testDescription)")
    }
  }

  /// The list of equivalent mutants speaks of nothing that is gone.
  @Test func equivalentMutantsExist() throws {
    let names = Set(try RuleLibrary().rules.flatMap(Mutant.all(of:)).map(\.name))
    for name in EquivalentMutants.all.keys { #expect(names.contains(name), "\(name)") }
  }

  /// The scenes of all alerts that a rule's mutants may change, those that find most for their length first.
  private static func scenes(for name: String, of library: RuleLibrary) -> ArraySlice<RuleScene> {
    guard let rule = library.rule(name) else { return [] }
    let alerts = library.alertsAffected(by: rule)
    func rank(_ scene: RuleScene) -> Int { scene.length * (scene.kind == .fires || scene.kind == .recorded ? 1 : 3) }
    return RuleScenes.all.filter { scene in
      alerts.contains(scene.alert) && !scene.isOfWeeks
        && library.script(for: scene).rules.contains { $0.name == name }
    }.sorted { rank($0) < rank($1) }[...]
  }
}
