import Backfill
import Exposition
import Foundation
import Ledger
import Settings
import Simulator
import TestSupport
import Testing
import Usage

/// Interruptions, refusals of the provider, and spills of other backfills.
@Suite struct ResumeTests {
  @Test("however often it is interrupted, the document is the same to the byte", arguments: [1, 2, 3] as [UInt64])
  func sameBytes(seed: UInt64) async throws {
    try await withScene { scene in
      let whole = try #require(try await scene.run("whole"))
      var dice = SeededGenerator(seed: seed)
      var interruptions = 0
      let watch = Watch()
      var pieces: String?
      while pieces == nil {
        pieces = try await scene.run("pieces", stoppingAfter: Int.random(in: 1...25, using: &dice), watch: watch)
        interruptions += pieces == nil ? 1 : 0
      }
      #expect(pieces == whole)
      #expect(interruptions > 5)
    }
  }

  @Test("days that were read are not read again")
  func noDayTwice() async throws {
    try await withScene { scene in
      let first = Watch()
      #expect(try await scene.run(stoppingAfter: 30, watch: first) == nil)
      let second = Watch()
      _ = try await scene.run(watch: second)
      let whole = Watch()
      _ = try await scene.run("whole", watch: whole)
      #expect(first.days + second.days == whole.days)
      let third = Watch()
      _ = try await scene.run(watch: third)
      #expect(third.requests == 0 && third.days == 0)
    }
  }

  @Test("a spill of another backfill is refused with what to do")
  func otherParameters() async throws {
    try await withScene { scene in
      _ = try await scene.run(stoppingAfter: 3)
      var other = scene
      other.configuration = scene.configuration.replacingOccurrences(of: "Europe/Berlin", with: "Europe/London")
      let faults: [(Scene, Day, Day?, String)] = [
        (scene, Scene.span.first.advanced(by: 1), Scene.span.last, "begins on 2026-10-15, not on 2026-10-16"),
        (scene, Scene.span.first, Scene.span.last.advanced(by: -1), "ends on 2026-11-03, not on 2026-11-02"),
        (other, Scene.span.first, Scene.span.last, "Europe/Berlin"),
      ]
      for (scene, from, to, words) in faults {
        let fault = await #expect(throws: SpillFault.self) { try await scene.run(from: from, to: to) }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.description.contains("or delete ") == true)
      }
      // Without a last day, that of what was begun holds.
      #expect(try await scene.run(to: nil) != nil)
    }
  }

  /// Its days would be told anew from events that are gone.
  @Test("a spill whose events are damaged is refused")
  func damagedEvents() async throws {
    try await withScene { scene in
      _ = try await scene.run(stoppingAfter: 30)
      let events = scene.folder + "/spill/events/ledger.sqlite"
      try Data(repeating: 7, count: 5000).write(to: URL(fileURLWithPath: events))
      let fault = await #expect(throws: SpillFault.self) { try await scene.run() }
      #expect(fault?.description.contains("delete it") == true)
    }
  }

  /// It was begun without knowing of live counters, whose days must not be written a second time.
  @Test("a spill that reaches into the live counters is refused")
  func liveSinceThen() async throws {
    try await withScene { scene in
      _ = try await scene.run(to: nil, stoppingAfter: 3)
      let workspaces = try scene.settings()
      let seam = Scene.span.last.advanced(by: -1)
      let langdock = try #require(workspaces.first { $0.id.provider == .langdock })
      let live = [langdock.id: LiveStart.since(langdock.calendar.start(of: seam))]
      let fault = await #expect(throws: SpillFault.self) { try await scene.run(to: nil, live: live) }
      let words = fault?.description ?? ""
      #expect(
        words.contains("2026-11-01") && words.contains("langdock/acme") && words.contains("live counters"), "\(words)")
      // On the day after, or later, they are no hindrance.
      let later = [langdock.id: LiveStart.since(langdock.calendar.start(of: Scene.span.last.advanced(by: 2)))]
      #expect(try await scene.run(to: nil, live: later) != nil)
    }
  }

  @Test("a small step costs time, not memory")
  func smallStep() async throws {
    try await withScene { scene in
      let document = Document(isKept: false)
      _ = try await scene.run(step: 60, document: document)
      #expect(document.sizes.reduce(0, +) > 10_000_000)
      let largest = document.sizes.max() ?? 0
      #expect(largest < TimedSampleWriter.pieceSize + 10_000, "\(largest)")
    }
  }

  @Test("a pause that the provider asks for is kept, and what fails is tried again")
  func retries() async throws {
    let clock = SteppedClock(Scene.now)
    try await withScene(on: clock) { scene in
      let whole = try #require(try await scene.run("whole"))
      let leaps = Task { await clock.leapToDeadlines() }
      let faults = scene.simulator.faults
      faults.inject(.rateLimited(.seconds(90)), at: .langdock, sparing: 5, times: 1)
      faults.inject(.unavailable(.none), at: .dust, sparing: 3, times: 2)
      faults.inject(.bodyCut(keeping: 0.5), at: .tess, times: 1)
      faults.inject(.connectionCut(keeping: 0.5), at: .agentPhone, times: 1)
      let watch = Watch()
      #expect(try await scene.run("faulty", watch: watch) == whole)
      leaps.cancel()
      // Dust's two are of days one after the other: the first is passed by, the second the end.
      #expect(watch.waits.count == 4, "\(watch.waits)")
      #expect(watch.waits.contains { $0.hasPrefix("langdock/acme/") && $0.contains("rate_limited") })
      #expect(clock.now() >= Scene.now + 90)
    }
  }

  @Test("a refused key is the end, with a word to the operator")
  func refusedKey() async throws {
    try await withScene { scene in
      scene.simulator.faults.inject(.unauthorized, at: .langdock, sparing: 4)
      let failure = await #expect(throws: BackfillFailure.self) { try await scene.run() }
      #expect(failure?.description.hasPrefix("langdock/acme/") == true)
      #expect(failure?.description.contains("check the key") == true, "\(failure?.description ?? "")")
      #expect(failure?.description.contains(scene.simulator.langdockKey) == false)
      scene.simulator.faults.clear()
      let resumed = try await scene.run()
      #expect(try await scene.run("whole") == resumed)
    }
  }
}
