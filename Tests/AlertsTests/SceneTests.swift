import Testing

@Suite struct SceneTests {
  /// Each scene comes out as told.
  @Test func eachComesOut() async throws {
    let scenes = RuleScenes.all.filter { !$0.isOfManyHours }
    for (scene, verdict) in zip(scenes, try await Stage().play(scenes)) where verdict != .passed {
      Issue.record("\(scene.testDescription): \(verdict)")
    }
  }

  /// As many as promtool's limit of samples in a query allows.
  private static let scenesInPlay = 7

  /// So does each of those that have all rules over weeks, hour by hour: seven of them take promtool hardly longer than one.
  @Test func weeksComeOut() async throws {
    let stage = try Stage()
    let scenes = RuleScenes.all.filter(\.isOfManyHours)
    #expect(!scenes.isEmpty)
    for series in scenes.flatMap(\.series) { #expect(series.series.contains("workspace=\"\(Play.workspace)\"")) }
    let casts = stride(from: 0, to: scenes.count, by: Self.scenesInPlay)
      .map { Array(scenes[$0..<min($0 + Self.scenesInPlay, scenes.count)]) }
    let verdicts = try await stage.play(casts.map { Play(sideBySide: $0, in: stage.library) })
    for (cast, verdict) in zip(casts, verdicts) {
      guard case .failed(let output) = verdict else {
        #expect(verdict == .passed)
        continue
      }
      let names = Variant.numbers(in: output).filter(cast.indices.contains).sorted().map { cast[$0].testDescription }
      Issue.record("\(names): \(output)")
    }
  }

  /// Every alert has a scene in which it fires, one of ordinary life, and one in which something holds it back.
  @Test func everyAlertHasScenesOfEachKind() throws {
    let alerts = try RuleLibrary().alerts.map(\.name)
    #expect(!alerts.isEmpty)
    for alert in alerts {
      for kind in [RuleScene.Kind.fires, .silent, .muted] {
        #expect(RuleScenes.all.contains { $0.alert == alert && $0.kind == kind }, "\(alert) has no scene \(kind)")
      }
    }
    for scene in RuleScenes.all {
      #expect(alerts.contains(scene.alert), "\(scene.alert) is no alert")
      #expect(scene.checks.contains { !$0.expected.isEmpty } == (scene.kind == .fires), "\(scene.testDescription)")
      #expect(!scene.checks.isEmpty || !scene.recorded.isEmpty, "\(scene.testDescription) checks nothing")
    }
  }
}
