extension RuleScenes {
  static let usage = spike + burst + silence

  private static let wednesday = UsageLife.wednesday
  private static let wholeDay = wednesday..<(wednesday + 24)

  /// Office hours, 200 a day, and `factor` times as much in some hours.
  private static func copilot(_ factor: Double, _ hours: Range<Int>, measure: String = "messages") -> UsageLife.Agent {
    let usual = UsageLife.office(20)
    return UsageLife.Agent(id: "a1", name: "Support Copilot", measure: measure) { hour in
      usual(hour) * (hours.contains(hour) ? factor : 1)
    }
  }

  private static let another = UsageLife.Agent(id: "a2", name: "SQL Helper", hourly: UsageLife.office(30))

  private static func minutes(_ hours: Int...) -> [Int] { hours.map { (wednesday + $0) * 60 } }

  private static func scene(
    _ alert: String, _ kind: RuleScene.Kind, _ name: String, _ lives: UsageLife..., quiet: [Int] = [],
    firing: [Int] = [], as expected: [FiringAlert] = []
  ) -> RuleScene {
    RuleScene(
      alert, kind, name, every: 60, series: lives.flatMap(\.series), quiet: quiet, firing: firing, as: expected)
  }

  private static func alarm(
    _ alert: String, _ severities: [String], _ measure: String = "messages", summary: String, description: String
  ) -> [FiringAlert] {
    severities.map { severity in
      FiringAlert(
        alert,
        [
          "alertname": alert, "severity": severity, "provider": "dust", "workspace": "acme", "agent_id": "a1",
          "measure": measure,
        ], summary: summary, description: "Support Copilot (dust/acme) " + description,
        dashboard: "agent?var-provider=dust&var-workspace=acme&var-agent=a1")
    }
  }

  // MARK: AgentUsageSpike

  private static func isSpike(_ description: String, _ severities: [String] = ["info", "warning"]) -> [FiringAlert] {
    alarm("AgentUsageSpike", severities, summary: "An AI agent is used far more than usual.", description: description)
  }

  private static let fivefold = isSpike("used 1000 messages in 24 hours; 200 are usual on such a day.")

  private static let spike: [RuleScene] = [
    scene(
      "AgentUsageSpike", .fires, "five times a day's usage", UsageLife(agents: [copilot(5, wholeDay), another]),
      quiet: minutes(-24, 9), firing: minutes(20, 24), as: fivefold),
    scene(
      "AgentUsageSpike", .fires, "the same, seen by two exporters",
      UsageLife(agents: [copilot(5, wholeDay)]).seen(by: "a"), UsageLife(agents: [copilot(5, wholeDay)]).seen(by: "b"),
      firing: minutes(20), as: fivefold),
    scene(
      "AgentUsageSpike", .fires, "twice and a half: worth a note, not a ticket",
      UsageLife(agents: [copilot(1.95, wholeDay), another]), firing: minutes(24),
      as: isSpike("used 390 messages in 24 hours; 200 are usual on such a day.", ["info"])),
    scene(
      "AgentUsageSpike", .fires, "messages that cost five times as much",
      UsageLife(agents: [
        copilot(1, wholeDay),
        UsageLife.Agent(id: "a1", name: "Support Copilot", measure: "credits") { hour in
          UsageLife.office(60)(hour) * (wholeDay.contains(hour) ? 5 : 1)
        },
      ]), firing: minutes(20),
      as: alarm(
        "AgentUsageSpike", ["info", "warning"], "credits", summary: "An AI agent is used far more than usual.",
        description: "used 3000 credits in 24 hours; 600 are usual on such a day.")),
    scene(
      "AgentUsageSpike", .silent, "ordinary weeks, and a Monday after a quiet weekend",
      UsageLife(agents: [copilot(1, wholeDay), another]), quiet: minutes(-48, -38, -28, 0, 12, 24, 48)),
    scene(
      "AgentUsageSpike", .silent, "a weekly batch",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Newsletter") { hour in
          UsageLife.weekday(hour) == 2 && hour % 24 == 6 ? 1500 : UsageLife.office(20)(hour)
        }
      ]), quiet: minutes(7, 12, 18, 24)),
    scene(
      "AgentUsageSpike", .silent, "ten times as much of next to nothing",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Ansage-Test") { hour in hour % 24 == 9 ? (wholeDay.contains(hour) ? 10 : 1) : 0
        }
      ]), quiet: minutes(12, 20, 24)),
    scene(
      "AgentUsageSpike", .muted, "three days of an outage arrive at once",
      UsageLife(agents: [copilot(1, wholeDay), another], outage: (wednesday - 66)..<(wednesday + 6)),
      quiet: minutes(6, 10, 14, 18, 24, 29)),
    scene(
      "AgentUsageSpike", .muted, "an agent of three weeks",
      UsageLife(agents: [
        UsageLife.Agent(
          id: "a1", name: "Support Copilot", hourly: copilot(5, wholeDay).hourly, since: wednesday - 21 * 24),
        another,
      ]), quiet: minutes(14, 20, 24)),
  ]

  // MARK: AgentUsageBurst

  private static let noon = (wednesday + 12)..<(wednesday + 14)

  private static let isBurst = alarm(
    "AgentUsageBurst", ["info", "warning"], summary: "An AI agent is used far more than usual within hours.",
    description: "used 420 messages in 3 hours, a good part of what it uses on a busy day.")

  private static let burst: [RuleScene] = [
    scene(
      "AgentUsageBurst", .fires, "two busy days within two hours", UsageLife(agents: [copilot(10, noon), another]),
      quiet: minutes(11, 17), firing: minutes(15), as: isBurst),
    scene(
      "AgentUsageBurst", .silent, "a lively noon", UsageLife(agents: [copilot(3, noon), another]),
      quiet: minutes(10, 13, 14, 15, 16)),
    scene(
      "AgentUsageBurst", .silent, "a dozen uses of an agent that has few",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Ansage-Test") { hour in hour % 24 == 9 ? (wholeDay.contains(hour) ? 12 : 1) : 0
        }
      ]), quiet: minutes(10, 11, 12)),
    scene(
      "AgentUsageBurst", .muted, "a day of an outage arrives at once",
      UsageLife(agents: [copilot(1, wholeDay), another], outage: (wednesday - 66)..<(wednesday + 12)),
      quiet: minutes(12, 13, 14, 15)),
    scene(
      "AgentUsageBurst", .muted, "an agent of three weeks",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Support Copilot", hourly: copilot(10, noon).hourly, since: wednesday - 21 * 24)
      ]), quiet: minutes(14, 15, 16)),
  ]

  // MARK: AgentUsageSilent

  /// From Tuesday evening on.
  private static let mute = (wednesday - 6)..<(wednesday + 72)

  private static let isSilent = alarm(
    "AgentUsageSilent", ["warning"], summary: "An AI agent that is used every day has fallen silent.",
    description: "has had no messages for 24 hours; 200 are usual on such a day.")

  private static func quiet(_ share: Double) -> UsageLife.Agent {
    UsageLife.Agent(id: "a2", name: "SQL Helper") { hour in
      UsageLife.office(30)(hour) * (mute.contains(hour) ? share : 1)
    }
  }

  private static let silence: [RuleScene] = [
    scene(
      "AgentUsageSilent", .fires, "an agent falls silent, the others do not",
      UsageLife(agents: [copilot(0, mute), another]), quiet: minutes(12, 17), firing: minutes(22), as: isSilent),
    scene(
      "AgentUsageSilent", .fires, "the only agent of a workspace", UsageLife(agents: [copilot(0, mute)]),
      firing: minutes(22), as: isSilent),
    scene(
      "AgentUsageSilent", .silent, "a weekend", UsageLife(agents: [copilot(1, mute), another]),
      quiet: minutes(-72, -60, 20)),
    scene(
      "AgentUsageSilent", .silent, "an agent with little to do",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Ansage-Test") { hour in
          UsageLife.office(1)(hour) * (mute.contains(hour) ? 0 : 1)
        },
        another,
      ]), quiet: minutes(20, 22, 24)),
    scene(
      "AgentUsageSilent", .muted, "a holiday", UsageLife(agents: [copilot(0, mute), quiet(0.1)]),
      quiet: minutes(20, 22, 24)),
    scene(
      "AgentUsageSilent", .muted, "nothing has been collected since morning",
      UsageLife(agents: [copilot(0, mute), another], unreadSince: wednesday + 8), quiet: minutes(20, 22, 24)),
    scene(
      "AgentUsageSilent", .muted, "an agent of three weeks",
      UsageLife(agents: [
        UsageLife.Agent(id: "a1", name: "Support Copilot", hourly: copilot(0, mute).hourly, since: wednesday - 21 * 24),
        another,
      ]), quiet: minutes(20, 22, 24)),
  ]
}
