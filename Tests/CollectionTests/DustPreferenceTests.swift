import Simulator
import TestSupport
import Testing

/// Credits are told rounded by the list of agents and exactly by the consumption export: whichever is published, the
/// counter goes on from where it stood.
@Suite struct DustPreferenceTests {
  @Test(arguments: ["0s", "2m"])
  func theExactOneTakesOverAndHandsBack(hold: String) async throws {
    let scene = try CreditScene()
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      scene.spend(1040)
      let rounded = try await scene.rig(simulator, ["agents"], hold: hold)
      #expect(try await scene.credits(rounded) == [0, 0])
      // 13.90 is 14 where 10.40 was 10.
      scene.spend(350)
      #expect(try await scene.credits(rounded) == [4, 4])
      await rounded.stop()

      let both = try await scene.rig(simulator, ["agents", "consumption"], hold: hold)
      #expect(try await scene.credits(both) == [4, 4])
      scene.spend(75)
      #expect(try await scene.credits(both) == [4.75, 4.75])
      scene.spend(1)
      #expect(try await scene.credits(both) == [4.76, 4.76])
      await both.stop()

      // 17.66 is 18 where 14.66 was 15.
      let again = try await scene.rig(simulator, ["agents"], hold: hold)
      #expect(try await scene.credits(again) == [4.76, 4.76])
      scene.spend(300)
      #expect(try await scene.credits(again) == [7.76, 7.76])
      await again.stop()
    }
  }

  /// What was spent while the exact one was switched off is in its catch-up, and not counted again.
  @Test func aSecondTakeOverCountsNothingTwice() async throws {
    let scene = try CreditScene()
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      scene.spend(1000)
      let both = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(both) == [0, 0])
      scene.spend(125)
      #expect(try await scene.credits(both) == [1.25, 1.25])
      await both.stop()
      let rounded = try await scene.rig(simulator, ["agents"])
      scene.spend(300)
      // 11.25 is 11 and 14.25 is 14.
      #expect(try await scene.credits(rounded) == [4.25, 4.25])
      await rounded.stop()
      let again = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(again) == [4.25, 4.25])
      scene.spend(10)
      #expect(try await scene.credits(again) == [4.35, 4.35])
      await again.stop()
    }
  }

  /// A draft is in no list: what the export has counted for it stays in sight when the export is switched off.
  @Test func whatOnlyTheExactOneKnowsStays() async throws {
    let scene = try CreditScene()
    let draft = ["provider": "dust", "workspace": "acme", "agent_id": "d"]
    scene.company.editDustAgent(id: "d") { $0.settings = .draft }
    scene.spend(100)
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      let both = try await scene.rig(simulator, ["agents", "consumption"])
      _ = try await scene.credits(both)
      scene.company.addDustMessages(1, agent: "d", at: scene.clock.now(), .init { $0.credits = 33 })
      _ = try await scene.credits(both)
      #expect(try Scrape(both.text())["agentusage_agent_credits_total", draft] == 0.33)
      await both.stop()
      let rounded = try await scene.rig(simulator, ["agents"])
      _ = try await scene.credits(rounded)
      #expect(try Scrape(rounded.text())["agentusage_agent_credits_total", draft] == 0.33)
      await rounded.stop()
      let again = try await scene.rig(simulator, ["agents", "consumption"])
      _ = try await scene.credits(again)
      scene.company.addDustMessages(1, agent: "d", at: scene.clock.now(), .init { $0.credits = 7 })
      _ = try await scene.credits(again)
      #expect(try Scrape(again.text())["agentusage_agent_credits_total", draft] == 0.4)
      await again.stop()
    }
  }

  /// One that was switched off for days has those still to read, which the other one has published.
  @Test func anHeirThatIsBehindWaitsForItsNextSuccess() async throws {
    let scene = try CreditScene()
    try await withSimulator(scene.company, on: scene.clock) { simulator in
      scene.spend(1000)
      let both = try await scene.rig(simulator, ["agents", "consumption"])
      #expect(try await scene.credits(both) == [0, 0])
      await both.stop()
      let exact = try await scene.rig(simulator, ["consumption"])
      for _ in 1...3 {
        scene.clock.advance(by: 86_400)
        scene.spend(200)
        _ = try await scene.credits(exact)
      }
      #expect(try await scene.credits(exact) == [6, 6])
      await exact.stop()
      let rounded = try await scene.rig(simulator, ["agents"])
      #expect(try await scene.credits(rounded) == [6, 6])
      scene.spend(300)
      #expect(try await scene.credits(rounded) == [9, 9])
      await rounded.stop()
    }
  }
}
