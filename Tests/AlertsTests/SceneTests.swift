import Testing

@Suite struct SceneTests {
  /// Each scene comes out as told.
  @Test(arguments: RuleScenes.all) func comesOut(_ scene: RuleScene) async throws {
    let verdicts = try await Stage().play([Stage.Performance(scene: scene)])
    #expect(verdicts == [.passed])
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
