import Doctor
import Foundation
import Testing
import TestSupport
import Usage

@Suite struct ClockCheckTests {
  private static let table: [(samples: [[Double]], skew: Double?, verdict: Verdict)] = [
    ([], nil, .ok), ([[]], nil, .ok), ([[0.5, -0.25]], 0.125, .ok), ([[60]], 60, .ok), ([[60.5]], 60.5, .clockWrong),
    ([[-61]], -61, .clockWrong),
    // One provider's wrong clock is not ours, however many answers it gave.
    ([[3600, 3600, 3600, 3600], [1], [2]], 2, .ok),
    ([[3599], [], [3601, 3601]], 3600, .clockWrong),
  ]

  @Test func theMedianOfWorkspacesDecides() {
    for (samples, skew, verdict) in Self.table {
      let check = ClockCheck(samples)
      #expect(check.skew == skew, "\(samples)")
      #expect(check.verdict == verdict, "\(samples)")
      #expect((check.message == nil) == (verdict == .ok))
      #expect(check.answers == samples.reduce(0) { $0 + $1.count })
    }
  }

  @Test func theMessageSaysWhichWay() {
    #expect(ClockCheck([[3600]]).message?.contains("60 minutes ahead of") == true)
    #expect(ClockCheck([[-90]]).message?.contains("90 seconds behind") == true)
  }

  /// An hour either way, by the dates of real answers; also where every answer is a refusal.
  @Test(arguments: [3600.0, -3600], [true, false]) func aClockThatIsAnHourOff(_ error: Double, _ isRefused: Bool)
    async throws
  {
    try await withRig { rig in
      let wrong = ManualClock(rig.clock.now().addingTimeInterval(error))
      let workspace = try rig.workspace(.agentphone, key: isRefused ? "wrong" : nil, collectors: ["account"])
      let report = await Rig.examine([workspace], clock: wrong)
      #expect(report.verdicts == [isRefused ? .wrongKey : .ok])
      #expect(report.clock.verdict == .clockWrong)
      #expect(abs((report.clock.skew ?? 0) - error) < 30)
      #expect(report.severity == .error)
    }
  }
}
