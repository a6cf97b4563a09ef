/// When a window counts as holding usage that is older than it, every five minutes of three days.
extension RuleScenes {
  static let catchUp = [
    play(
      "AgentUsageSpike", "a window of a day", outages,
      [
        (1795, "workspace:agentusage_caught_up:1d", [sample(#"provider="tess", workspace="acme""#, 1)]),
        (1795, "collector:agentusage_collected:seconds", collected(acme: 0, tess: 0)),
        (1800, "collector:agentusage_collected:seconds", collected(acme: 28_800, tess: 1800, others: 1800)),
        (1805, "collector:agentusage_collected:seconds", collected(acme: 0, tess: 0)),
        (
          1800, "workspace:agentusage_caught_up:1d", [acmeIsCaughtUp, sample(#"provider="tess", workspace="acme""#, 1)]
        ),
        (3240, "workspace:agentusage_caught_up:1d", [acmeIsCaughtUp]),
        (3275, "workspace:agentusage_caught_up:1d", []),
        (395, "collector:agentusage_collected:seconds", collected(acme: 0)),
        (400, "collector:agentusage_collected:seconds", collected(acme: 0, tess: 1_000_000)),
      ]),
    play(
      "AgentUsageBurst", "a window of three hours", outages,
      [
        (1795, "workspace:agentusage_caught_up:3h", []),
        (1800, "workspace:agentusage_caught_up:3h", [acmeIsCaughtUp]),
        (1980, "workspace:agentusage_caught_up:3h", [acmeIsCaughtUp]),
        (2015, "workspace:agentusage_caught_up:3h", []),
        (2500, "workspace:agentusage_caught_up:3h", [sample(#"provider="dust", workspace="beta""#, 1)]),
      ]),
    play(
      "AgentUsageSpike", "a window of a day, and collectors that are slow", slow,
      [
        (1500, "workspace:agentusage_caught_up:1d", []),
        (2935, "workspace:agentusage_caught_up:1d", []),
        (2940, "workspace:agentusage_caught_up:1d", [sample(#"provider="dust", workspace="missed""#, 172_800)]),
        (4370, "workspace:agentusage_caught_up:1d", [sample(#"provider="dust", workspace="missed""#, 172_800)]),
        (4385, "workspace:agentusage_caught_up:1d", []),
      ]),
    play(
      "AgentUsageBurst", "a window of three hours, and collectors that are slow", slow,
      [
        (1495, "workspace:agentusage_caught_up:3h", [everyTwoHours]),
        (
          1500, "workspace:agentusage_caught_up:3h",
          [sample(#"provider="dust", workspace="daily""#, 86_400), everyTwoHours]
        ),
        (
          1675, "workspace:agentusage_caught_up:3h",
          [sample(#"provider="dust", workspace="daily""#, 86_400), everyTwoHours]
        ),
        (1685, "workspace:agentusage_caught_up:3h", [everyTwoHours]),
      ]),
  ]

  private static let everyTwoHours = sample(#"provider="tess", workspace="two-hourly""#, 7200)

  private static let acmeIsCaughtUp = sample(#"provider="dust", workspace="acme""#, 1)

  private static func sample(_ labels: String, _ value: Double) -> RuleScene.Sample {
    RuleScene.Sample(labels: "{\(labels)}", value: value)
  }

  private static func collected(acme: Double, tess: Double? = nil, others: Double = 0) -> [RuleScene.Sample] {
    [
      sample(#"collector="agents", provider="dust", workspace="acme""#, acme),
      sample(#"collector="models", provider="dust", workspace="acme""#, others),
      sample(#"collector="agents", provider="dust", workspace="beta""#, others),
    ] + (tess.map { [sample(#"collector="agents", provider="tess", workspace="acme""#, $0)] } ?? [])
  }

  private static func play(
    _ alert: String, _ name: String, _ collectors: [InputSeries], _ checks: [(Int, String, [RuleScene.Sample])]
  ) -> RuleScene {
    RuleScene(
      alert, name, every: 5,
      series: [
        // What the alert reads besides is given, so that nothing else is played.
        series("agent_measure:agentusage_used:limit1d", "") { _ in nil },
        series("agent_measure:agentusage_used:limit3h", "") { _ in nil },
        series("agent_measure:agentusage_used:increase1d", "") { _ in nil },
        series("agent_measure:agentusage_used:increase3h", "") { _ in nil },
      ]
        + collectors,
      recorded: checks.map { minute, query, samples in
        RuleScene.Recorded(minute: minute, query: "\(query) + 0", samples: samples)
      })
  }

  /// Collectors that were kept from collecting.
  private static let outages =
    // Eight hours of an outage, seen by two exporters, one of which never comes back.
    collector("dust", "acme", "agents", #"instance="a""#, catchingUp: 1800..<1830) { minute in
      (1320..<1800).contains(minute) ? 1320 : minute
    }
    + collector("dust", "acme", "agents", #"instance="b""#, catchingUp: 0..<0) { min($0, 600) }
    + collector("dust", "acme", "models", #"instance="a""#, catchingUp: 0..<0) { $0 }
    // Four hours of one, which a day's window can bear.
    + collector("dust", "beta", "agents", #"instance="a""#, catchingUp: 2400..<2405) { minute in
      (2160..<2400).contains(minute) ? 2160 : minute
    }
    // A workspace that is new, and reads its past.
    + collector("tess", "acme", "agents", #"instance="a""#, from: 400, catchingUp: 400..<430) { $0 }

  /// Collectors that are asked rarely, or that missed a turn: a window of the day or of three hours holds what is older.
  private static let slow =
    collector("dust", "daily", "agents", #"instance="a""#, from: 60, catchingUp: 0..<0) { last($0, [60, 1500, 2940]) }
    + collector("dust", "daily", "messages", #"instance="a""#, catchingUp: 0..<0) { $0 }
    + collector("dust", "missed", "agents", #"instance="a""#, from: 60, catchingUp: 0..<0) { last($0, [60, 2940]) }
    + collector("dust", "missed", "messages", #"instance="a""#, catchingUp: 0..<0) { $0 }
    + collector("tess", "two-hourly", "executions", #"instance="a""#, catchingUp: 0..<0) { $0 / 120 * 120 }
    // Often enough for both.
    + collector("tess", "hourly", "executions", #"instance="a""#, catchingUp: 0..<0) { $0 / 60 * 60 }
    // What it collects is not what an agent is judged by.
    + collector("dust", "often", "agents", #"instance="a""#, catchingUp: 0..<0) { $0 }
    + collector("dust", "often", "models", #"instance="a""#, from: 60, catchingUp: 0..<0) { last($0, [60, 2940]) }

  private static func last(_ minute: Int, _ successes: [Int]) -> Int { successes.last { $0 <= minute } ?? 0 }

  private static func series(_ name: String, _ labels: String, _ value: (Int) -> Double?) -> InputSeries {
    InputSeries("\(name){\(labels)}", steps: 4400 / 5 + 1) { value($0 * 5) }
  }

  /// - Parameter lastSuccess: in minutes.
  private static func collector(
    _ provider: String, _ workspace: String, _ collector: String, _ more: String, from first: Int = 0,
    catchingUp: Range<Int>, _ lastSuccess: (Int) -> Int
  ) -> [InputSeries] {
    let labels = #"provider="\#(provider)",workspace="\#(workspace)",collector="\#(collector)",\#(more)"#
    return [
      series("agentusage_collector_catching_up", labels) { $0 < first ? nil : catchingUp.contains($0) ? 1 : 0 },
      series("agentusage_collector_last_success_timestamp_seconds", labels) { minute in
        minute < first ? nil : Double(lastSuccess(minute) / 30 * 30 * 60)
      },
    ]
  }
}
