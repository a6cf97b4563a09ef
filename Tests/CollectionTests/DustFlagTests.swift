import Simulator
import TestSupport
import Testing

/// The consumption export is there only where Dust has switched it on, which may change.
@Suite struct DustFlagTests {
  /// "Dust has not switched it on" is no fault of anybody: the rounded ones do until it is there.
  @Test func aMissingFlagIsNoFault() async throws {
    let scene = try CreditScene()
    scene.spend(1040)
    try await withSimulator(scene.company, on: scene.clock, { $0.dust.consumptionEnabled = false }) { simulator in
      let rig = try await scene.rig(simulator, ["agents", "consumption"], interval: "10s")
      _ = try await rig.scrape()
      scene.spend(350)
      simulator.log.clear()
      scene.clock.advance(by: 10)
      _ = try await rig.scrape()
      #expect(try await scene.credits(rig) == [4, 4])
      Self.expectDisabled(rig, true)
      // Nobody rests: a refresh asks both.
      #expect(simulator.log.count(.dust, path: Self.path("analytics/export")) == 1)
      #expect(simulator.log.count(.dust, path: Self.path("analytics/consumption")) == 1)
      await rig.stop()
      scene.clock.advance(by: 10)
    }
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      let rig = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(rig) == [4, 4])
      scene.spend(75)
      #expect(try await scene.credits(rig) == [4.75, 4.75])
      Self.expectDisabled(rig, false)
      await rig.stop()
    }
  }

  /// Its own refusal is not the end of an exact counter either: the flag may go as it came.
  @Test func aFlagThatGoesHandsBack() async throws {
    let scene = try CreditScene()
    scene.spend(1040)
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      let rig = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(rig) == [0, 0])
      scene.spend(125)
      #expect(try await scene.credits(rig) == [1.25, 1.25])
      await rig.stop()
    }
    try await withSimulator(scene.company, on: scene.clock, { $0.dust.consumptionEnabled = false }) { simulator in
      let rig = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(rig) == [1.25, 1.25])
      Self.expectDisabled(rig, true)
      // 14.65 is 15 where 11.65 was 12.
      scene.spend(300)
      #expect(try await scene.credits(rig) == [4.25, 4.25])
      await rig.stop()
    }
  }

  /// An exact counter that has failed for longer than its data are shown gives way to the rounded one.
  @Test func anOwnerThatGoesStaleHandsOver() async throws {
    let scene = try CreditScene()
    scene.spend(1040)
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      let rig = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(rig) == [0, 0])
      simulator.faults.inject(.status(500), at: .dust, path: Self.path("analytics/consumption"))
      let labels = ["provider": "dust", "workspace": "acme", "agent_id": "a"]
      var shown: [Double] = []
      for hour in 0..<30 {
        scene.clock.advance(by: 3600)
        if hour == 27 { scene.spend(300) }
        shown.append(try await rig.scrape()["agentusage_agent_credits_total", labels] ?? -1)
      }
      // Withdrawn for no scrape, and by the end counted from the rounded total.
      #expect(shown.min() == 0 && shown.last == 3 && shown == shown.sorted())
      simulator.faults.clear()
      scene.clock.advance(by: 3600)
      scene.spend(125)
      let last = try await rig.scrape()["agentusage_agent_credits_total", labels] ?? -1
      // What it counted meanwhile is carried away; from here on it is exact again.
      scene.spend(125)
      scene.clock.advance(by: 60)
      let next = try await rig.scrape()["agentusage_agent_credits_total", labels] ?? -1
      #expect(last >= 3 && next == last + 1.25)
      await rig.stop()
    }
  }

  private static func path(_ rest: String) -> String { "/api/v1/w/\(DustOptions().workspace)/\(rest)" }

  private static func expectDisabled(_ rig: Rig, _ isDisabled: Bool) {
    let workspace = ["provider": "dust", "workspace": "acme"]
    let collector = workspace.merging(["collector": "consumption"]) { $1 }
    guard let scrape = try? Scrape(rig.text()) else {
      Issue.record("the scrape cannot be read")
      return
    }
    #expect(scrape["agentusage_collector_enabled", collector] == (isDisabled ? 0 : 1))
    #expect(scrape["agentusage_collector_success", collector] == 1)
    #expect(scrape["agentusage_provider_auth_failed", workspace] == 0)
    #expect(scrape["agentusage_provider_up", workspace] == 1)
  }
}
