import Backfill
import Foundation
import Simulator
import Testing
import Usage

/// A backfill asks no faster than the live exporter would.
@Suite struct PaceTests {
  private static let perMinute = 12

  private static let configuration = """
    defaults: { timezone: Europe/Berlin }
    workspaces:
      - { name: acme, provider: langdock, api_key: "${LK}", base_url: $LANGDOCK, requests_per_minute: \(perMinute) }
    """

  @Test("it keeps to requests_per_minute from beginning to end, and loses no time")
  func pace() async throws {
    let clock = SteppedClock(Scene.now)
    try await withScene(on: clock) { scene in
      var scene = scene
      scene.configuration = Self.configuration
      let leaps = Task { await clock.leapToDeadlines() }
      defer { leaps.cancel() }
      let document = try await scene.run()
      #expect(document != nil)
      let times = scene.simulator.log.requests(to: .langdock).map(\.time)
      #expect(times.count > 5 * Self.perMinute)
      // A bucket of a minute's requests, full at the start: never more than that and what has flowed in since.
      let perSecond = Double(Self.perMinute) / 60
      for (index, time) in times.enumerated() {
        for (later, other) in times.enumerated().dropFirst(index) {
          let allowed = Double(Self.perMinute) + other.timeIntervalSince(time) * perSecond
          #expect(Double(later - index + 1) <= allowed + 1e-3, "requests \(index) to \(later)")
        }
      }
      let needed = Double(times.count - Self.perMinute) / perSecond
      let taken = clock.now().timeIntervalSince(Scene.now)
      #expect(taken >= needed - 1e-3 && taken < needed + 60, "\(taken) s for \(times.count) requests")
    }
  }
}
