/// The alerts about usage on top of what is recorded for them, minute by minute: `UsageScenes` has the whole of it by the
/// hour.
extension RuleScenes {
  static let usageAlerts = spikeAlerts + burstAlerts + silentAlerts

  private typealias Samples = @Sendable (Int) -> Double?

  private static let acme = #"provider="dust",workspace="acme""#
  private static let beta = #"provider="dust",workspace="beta""#
  private static let tess = #"provider="tess",workspace="acme""#

  private static func always(_ value: Double) -> Samples { { _ in value } }

  /// A series of an agent, every five minutes of a day.
  private static func sampled(_ name: String, _ labels: String, _ value: Samples) -> InputSeries {
    InputSeries("\(name){\(labels)}", steps: 289) { value($0 * 5) }
  }

  private static func agent(_ workspace: String, _ id: String, _ more: String = "") -> String {
    #"\#(workspace),agent_id="\#(id)",measure="messages"\#(more)"#
  }

  /// What is recorded of an agent's window, and of its limits.
  private static func windows(
    _ window: String, _ workspace: String, _ id: String, used: Samples, info: Double, warning: Double
  ) -> [InputSeries] {
    [
      sampled("agent_measure:agentusage_used:increase\(window)", agent(workspace, id), used),
      sampled("agent_measure:agentusage_used:limit\(window)", agent(workspace, id, #",severity="info""#), always(info)),
      sampled(
        "agent_measure:agentusage_used:limit\(window)", agent(workspace, id, #",severity="warning""#), always(warning)),
      sampled("agent_measure:agentusage_used:expected1d", agent(workspace, id), always(200)),
      sampled("agentusage_agent_info", #"\#(workspace),agent_id="\#(id)",agent_name="Support Copilot""#, always(1)),
    ]
  }

  /// One agent of the workspace in question; its like in others whose windows hold what was caught up, and one that is at
  /// its limit and not above.
  private static func company(_ window: String, used: @escaping Samples, caughtUp: [String] = []) -> [InputSeries] {
    [acme, beta, tess].flatMap { windows(window, $0, "a1", used: used, info: 350, warning: 440) }
      + windows(window, acme, "a2", used: always(350), info: 350, warning: 440)
      + ([beta, tess] + caughtUp).map { sampled("workspace:agentusage_caught_up:\(window)", $0, always(1)) }
  }

  private static func rising(to value: Double, _ minutes: Range<Int>) -> Samples {
    { minutes.contains($0) ? value : 200 }
  }

  private static func alarm(
    _ alert: String, _ severities: [String], summary: String, description: String
  ) -> [FiringAlert] {
    severities.map { severity in
      FiringAlert(
        alert,
        [
          "alertname": alert, "severity": severity, "provider": "dust", "workspace": "acme", "agent_id": "a1",
          "measure": "messages",
        ], summary: summary, description: "Support Copilot (dust/acme) \(description)",
        dashboard: "agent?var-provider=dust&var-workspace=acme&var-agent=a1")
    }
  }

  private static func scene(
    _ alert: String, _ kind: RuleScene.Kind, _ name: String, _ series: [InputSeries], quiet: [Int] = [],
    firing: [Int] = [], as expected: [FiringAlert] = []
  ) -> RuleScene {
    RuleScene(alert, kind, name, every: 5, series: series, quiet: quiet, firing: firing, as: expected)
  }

  // MARK: AgentUsageSpike

  private static func isSpike(_ uses: Int, _ severities: [String]) -> [FiringAlert] {
    alarm(
      "AgentUsageSpike", severities, summary: "An AI agent is used far more than usual.",
      description: "used \(uses) messages in 24 hours; 200 are usual on such a day.")
  }

  private static let spikeAlerts: [RuleScene] = [
    scene(
      "AgentUsageSpike", .fires, "above the lower limit, from six hours on and an hour longer",
      company("1d", used: rising(to: 351, 60..<900)), quiet: [415, 960, 1200], firing: [420, 895],
      as: isSpike(351, ["info"])),
    scene(
      "AgentUsageSpike", .fires, "above the upper limit, from four hours on",
      company("1d", used: rising(to: 441, 60..<900)), quiet: [295, 960], firing: [300, 415],
      as: isSpike(441, ["warning"])),
    scene(
      "AgentUsageSpike", .fires, "above both limits, and an hour longer",
      company("1d", used: rising(to: 441, 60..<900)), firing: [420, 895], as: isSpike(441, ["info", "warning"])),
    scene(
      "AgentUsageSpike", .fires, "with a dip of half an hour",
      company("1d", used: { (60..<600).contains($0) || (630..<900).contains($0) ? 441 : 200 }), quiet: [960],
      firing: [650], as: isSpike(441, ["info", "warning"])),
    scene(
      "AgentUsageSpike", .silent, "for less than four hours", company("1d", used: rising(to: 441, 60..<300)),
      quiet: [295, 300, 350]),
    scene(
      "AgentUsageSpike", .muted, "the window holds what was caught up",
      company("1d", used: rising(to: 441, 60..<900), caughtUp: [acme]), quiet: [300, 420, 895]),
  ]

  // MARK: AgentUsageBurst

  private static func isBurst(_ uses: Int, _ severities: [String]) -> [FiringAlert] {
    alarm(
      "AgentUsageBurst", severities, summary: "An AI agent is used far more than usual within hours.",
      description: "used \(uses) messages in 3 hours, a good part of what it uses on a busy day.")
  }

  private static let burstAlerts: [RuleScene] = [
    scene(
      "AgentUsageBurst", .fires, "above the lower limit", company("3h", used: rising(to: 351, 60..<240)),
      quiet: [55, 75, 300], firing: [80, 235], as: isBurst(351, ["info"])),
    scene(
      "AgentUsageBurst", .fires, "above both limits, with a dip",
      company("3h", used: { (60..<140).contains($0) || (160..<240).contains($0) ? 441 : 200 }), quiet: [75, 300],
      firing: [80, 165, 235], as: isBurst(441, ["info", "warning"])),
    scene(
      "AgentUsageBurst", .muted, "the window holds what was caught up",
      company("3h", used: rising(to: 441, 60..<240), caughtUp: [acme]), quiet: [80, 150, 235]),
  ]

  // MARK: AgentUsageSilent

  private static let isSilent = alarm(
    "AgentUsageSilent", ["warning"], summary: "An AI agent that is used every day has fallen silent.",
    description: "has had no messages for 24 hours; 21 are usual on such a day.")

  private static func past(
    _ workspace: String, _ id: String, _ measure: String = "messages", used: @escaping Samples, expected: Double,
    isKnown: Bool = true
  ) -> [InputSeries] {
    let labels = #"\#(workspace),agent_id="\#(id)",measure="\#(measure)""#
    return [
      sampled("agent_measure:agentusage_used:increase1d", labels, used),
      sampled("agent_measure:agentusage_used:expected1d", labels, always(expected)),
    ] + (isKnown ? [sampled("agent_measure:agentusage_used:known", labels, always(4))] : [])
  }

  private static func mute(_ minutes: Range<Int>) -> Samples { { minutes.contains($0) ? 0 : 21 } }

  /// An agent that falls silent, in a workspace of which `others` are used of 79 that are usual; `age` of
  /// the last success in minutes.
  private static func quietAgent(
    _ used: @escaping Samples, others: Double, age: @escaping Samples = always(300), isKnown: Bool = true
  ) -> [InputSeries] {
    past(acme, "a1", used: used, expected: 21, isKnown: isKnown)
      + past(acme, "a2", used: always(others), expected: 79)
      // Too few to tell, and credits, which follow the uses.
      + past(acme, "a3", used: always(0), expected: 20) + past(acme, "a1", "credits", used: always(0), expected: 500)
      // Elsewhere, and of another kind, nobody works.
      + past(beta, "a1", used: always(0), expected: 100) + past(beta, "a2", used: always(1), expected: 100)
      + past(tess, "a1", "executions", used: always(0), expected: 100)
      + past(tess, "a2", "executions", used: always(1), expected: 100)
      + past(acme, "a4", "calls", used: always(1), expected: 500)
      + [
        sampled("agentusage_agent_info", #"\#(acme),agent_id="a1",agent_name="Support Copilot""#, always(1))
      ]
      + success(acme, "agents", age) + success(acme, "models", { age($0).map { min($0, 10) } })
      // Once read, and then switched off; and never read.
      + success(acme, "tools", { age($0).map { $0 + 100 } }, isEnabled: false)
      + success(acme, "users", { minute in age(minute).map { _ in Double(minute) } })
      // What another exporter has not read is of no matter.
      + success(acme + #",instance="b""#, "agents", { minute in age(minute).map { _ in Double(minute) - 1 } })
      + success(beta, "agents", always(10)) + success(tess, "agents", always(10))
  }

  /// How many minutes ago a collector succeeded.
  private static func success(
    _ workspace: String, _ collector: String, _ age: Samples, isEnabled: Bool = true
  ) -> [InputSeries] {
    let labels = #"\#(workspace),collector="\#(collector)""#
    return [
      sampled("agentusage_collector_last_success_timestamp_seconds", labels) { minute in
        age(minute).map { max(0, Double(minute) - $0) * 60 }
      },
      sampled("agentusage_collector_enabled", labels) { age($0).map { _ in isEnabled ? 1 : 0 } },
    ]
  }

  private static let silentAlerts: [RuleScene] = [
    scene(
      "AgentUsageSilent", .fires, "from two hours on, and a quarter of an hour longer",
      quietAgent(mute(600..<1200), others: 50), quiet: [595, 715, 1220], firing: [720, 1195], as: isSilent),
    scene(
      "AgentUsageSilent", .fires, "with a scrape or two in which it was used",
      quietAgent({ (600..<900).contains($0) || (910..<1200).contains($0) ? 0 : 21 }, others: 50), quiet: [1220],
      firing: [905, 1000], as: isSilent),
    scene(
      "AgentUsageSilent", .fires, "where there is no other",
      past(acme, "a1", used: mute(600..<1200), expected: 21)
        + [
          sampled("agentusage_agent_info", #"\#(acme),agent_id="a1",agent_name="Support Copilot""#, always(1))
        ] + success(acme, "agents", always(300)), firing: [720], as: isSilent),
    scene(
      "AgentUsageSilent", .muted, "so are most of the others",
      quietAgent(mute(600..<1200), others: 30), quiet: [720, 1195]),
    scene(
      "AgentUsageSilent", .muted, "one of the collectors has not succeeded for six hours",
      quietAgent(mute(600..<1200), others: 50, age: always(365)), quiet: [720, 1195]),
    scene(
      "AgentUsageSilent", .muted, "the workspace is no longer collected",
      quietAgent(mute(600..<1200), others: 50, age: { $0 < 620 ? 5 : nil }), quiet: [720, 1195]),
    scene(
      "AgentUsageSilent", .muted, "the agent is new",
      quietAgent(mute(600..<1200), others: 50, isKnown: false), quiet: [720, 1195]),
  ]
}
