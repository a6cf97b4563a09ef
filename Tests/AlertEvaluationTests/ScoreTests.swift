import AlertEvaluation
import Testing

/// Hours, of an alarm about the spike unless told otherwise.
private func alarm(
  _ start: Int, _ end: Int, agentID: String = "agent-07", alert: String = "AgentUsageSpike",
  severity: String = "info",
  publication: Publication = .live, workspace: String = "s1"
) -> Alarm {
  Alarm(
    alert: alert, severity: severity, publication: publication, workspace: workspace, agentID: agentID,
    episode: Episode(start * 3600, end * 3600))
}

@Suite struct ScoreTests {
  /// A day's spike of agent-07, from hour 100 on.
  private static let spike = Spike(
    workspace: "s1", agentID: "agent-07", kind: .day, start: 100 * 3600, end: 124 * 3600, size: 4, volume: 60)

  private func score(_ alarms: [Alarm], workspaces: Int = 1, publication: Publication = .live) -> Score {
    Score(alarms, spikes: [Self.spike], workspaces: workspaces, publication: publication, severity: "info")
  }

  @Test(
    arguments: [
      (112, 130, true, 12.0), (90, 100, true, 0), (90, 99, false, nil), (150, 160, true, 50), (151, 160, false, nil),
    ] as [(Int, Int, Bool, Double?)])
  func aSpikeIsDetectedUntilTheEndOfItsGrace(_ start: Int, _ end: Int, _ detected: Bool, _ hours: Double?) {
    let score = score([alarm(start, end)])
    #expect(score.detected == (detected ? 1 : 0))
    #expect(score.missed.count == (detected ? 0 : 1))
    #expect(score.medianHours == hours)
    #expect(score.falseAlarms == (detected ? 0 : 0.5))
  }

  @Test func aDailyPublicationHasALongerGrace() {
    #expect(score([alarm(180, 181, publication: .dailyj)], publication: .dailyj).detected == 1)
    #expect(score([alarm(181, 182, publication: .dailyj)], publication: .dailyj).detected == 0)
  }

  @Test(arguments: [
    ("another severity", alarm(110, 120, severity: "warning"), 0.0),
    ("another publication", alarm(110, 120, publication: .half), 0),
    ("silence", alarm(110, 120, alert: "AgentUsageSilent"), 0),
    ("another agent", alarm(110, 120, agentID: "agent-08"), 0.5),
    ("another workspace", alarm(110, 120, workspace: "s2"), 0.5),
  ])
  func alarmsOfOtherThingsDoNotDetect(_ what: String, _ alarm: Alarm, _ falseAlarms: Double) {
    let score = score([alarm])
    #expect(score.detected == 0, "\(what)")
    #expect(score.falseAlarms == falseAlarms, "\(what)")
  }

  @Test func bothSpikeAlertsAreOneSet() {
    let score = score([alarm(110, 111, alert: "AgentUsageBurst"), alarm(112, 124)])
    #expect(score.detected == 1)
    #expect(score.falseAlarms == 0)
    #expect(score.medianHours == 10)
  }

  @Test func falseAlarmsAreEpisodesInAWeekOfFiftyAgents() {
    let alarms = [
      alarm(0, 1, agentID: "agent-01"), alarm(7, 8, agentID: "agent-01"), alarm(20, 21, agentID: "agent-01"),
    ]
    #expect(score(alarms).falseAlarms == 1)
    #expect(score(alarms).wrong.map(\.start) == [0, 20 * 3600])
    #expect(score(alarms, workspaces: 2).falseAlarms == 0.5)
  }

  @Test func whatIsMissedIsTold() throws {
    let missed = try #require(score([]).missed.first)
    #expect(missed.kind == "day")
    #expect(missed.weekday == "Mon")
    #expect(missed.size == 4)
  }

  @Test func targets() throws {
    let target = try #require(Target("info:95:0.4"))
    let unmet = try #require(Target("info:100:0.4"))
    let other = try #require(Target("warning:95:0"))
    let good = score([alarm(110, 120)])
    let noisy = score([alarm(110, 120), alarm(10, 20)])
    #expect(target.failures(of: good).isEmpty)
    #expect(unmet.failures(of: good).isEmpty)
    #expect(unmet.failures(of: score([])) == ["live, info: detects 0.0 %, not 100.0 %"])
    #expect(target.failures(of: noisy) == ["live, info: 0.50 false alarms a week, more than 0.4"])
    #expect(target.failures(of: score([alarm(10, 20)])).count == 2)
    #expect(other.failures(of: noisy).isEmpty)
    #expect(Target("info:95") == nil)
    #expect(Target("info:many:1") == nil)
  }
}
