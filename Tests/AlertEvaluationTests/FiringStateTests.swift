import AlertEvaluation
import Testing

@Suite struct FiringStateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let hold: Int
    let keep: Int
    /// "x" where the expression holds, evaluations a minute apart.
    let holds: String
    let episodes: [Episode]

    init(_ description: String, hold: Int = 0, keep: Int = 0, _ holds: String, _ episodes: [Episode]) {
      testDescription = description
      self.hold = hold
      self.keep = keep
      self.holds = holds
      self.episodes = episodes
    }
  }

  static let cases = [
    Case("nothing", "....", []),
    Case("at once without a hold", "..xx.", [Episode(120, 180)]),
    Case("held exactly as long as asked", hold: 120, "xxx.", [Episode(120, 120)]),
    Case("held too short", hold: 120, "xx..", []),
    Case("fires from the end of the hold on", hold: 120, "xxxxx", [Episode(120, 240)]),
    Case("a hole begins the hold anew", hold: 120, "xx.xx.xxx", [Episode(480, 480)]),
    Case("a hole ends the episode", hold: 60, "xxx.xxx", [Episode(60, 120), Episode(300, 360)]),
    Case("kept over a hole", hold: 60, keep: 60, "xx.x", [Episode(60, 240)]),
    Case("kept over the longest hole", hold: 60, keep: 120, "xx..x", [Episode(60, 360)]),
    Case("not kept over a longer one", hold: 60, keep: 60, "xx..x", [Episode(60, 120)]),
    Case("kept by less than an evaluation", hold: 0, keep: 90, "x..x", [Episode(0, 270)]),
    Case("pending is not kept", hold: 120, keep: 600, "xx.xx", []),
    Case("after a lapse, the hold counts again", hold: 60, keep: 60, "xx...xx", [Episode(60, 120), Episode(360, 420)]),
  ]

  @Test(arguments: cases) func episodes(_ test: Case) {
    let times = test.holds.enumerated().filter { $0.element == "x" }.map { $0.offset * 60 }
    let state = FiringState(hold: test.hold, keep: test.keep, step: 60)
    #expect(state.episodes(of: times) == test.episodes)
  }

  @Test(
    arguments: [
      ([], []),
      ([Episode(0, 10), Episode(110, 120)], [Episode(0, 120)]),
      ([Episode(0, 10), Episode(111, 120)], [Episode(0, 10), Episode(111, 120)]),
      ([Episode(50, 60), Episode(0, 300)], [Episode(0, 300)]),
      ([Episode(500, 510), Episode(0, 300), Episode(90, 100)], [Episode(0, 300), Episode(500, 510)]),
    ] as [([Episode], [Episode])])
  func merged(_ episodes: [Episode], _ expected: [Episode]) {
    #expect(episodes.merged(closerThan: 100) == expected)
  }
}
