/// What the provider takes back, and what the exporter refuses.
extension RuleScenes {
  static let dataQuality = corrections + rejected

  private static let acme = #"provider="dust",workspace="acme""#

  private static func series(_ name: String, minutes: Int, every: Int, _ value: (Int) -> Double?) -> InputSeries {
    InputSeries(name, steps: minutes / every + 1) { value($0 * every) }
  }

  // MARK: AgentUsageCorrectionsHigh

  private static func isCorrected(_ share: String) -> FiringAlert {
    FiringAlert(
      "AgentUsageCorrectionsHigh",
      [
        "alertname": "AgentUsageCorrectionsHigh", "severity": "warning", "provider": "dust", "workspace": "acme",
        "measure": "messages",
      ],
      summary: "A provider takes back much of the usage it reported.",
      description:
        "Within a day dust/acme took back messages that make \(share) of a month. The counters keep them; the "
        + "period gauges do not.", dashboard: "health?var-provider=dust&var-workspace=acme")
  }

  private static func excess(
    minutes: Int, every: Int, measure: String = "messages", instance: String = "a", _ value: (Int) -> Double?
  ) -> InputSeries {
    series(
      #"agentusage_ledger_excess{\#(acme),measure="\#(measure)",instance="\#(instance)"}"#, minutes: minutes,
      every: every,
      value)
  }

  private static func spent(
    minutes: Int, every: Int, measure: String = "messages", period: String = "month", _ value: (Int) -> Double?
  ) -> InputSeries {
    series(
      #"workspace_measure:agentusage_spent:period{\#(acme),measure="\#(measure)",period="\#(period)"}"#,
      minutes: minutes, every: every, value)
  }

  private static let corrections: [RuleScene] = [
    RuleScene(
      "AgentUsageCorrectionsHigh", .fires, "150 of 1,000 messages, for one of two exporters, for a day", every: 10,
      series: [
        excess(minutes: 3000, every: 10) { $0 < 1440 ? 40 : 190 },
        excess(minutes: 3000, every: 10, instance: "b") { _ in 40 },
        excess(minutes: 3000, every: 10, measure: "credits") { _ in 40 },
        spent(minutes: 3000, every: 10) { _ in 1000 },
        spent(minutes: 3000, every: 10, measure: "credits") { _ in 5000 },
        spent(minutes: 3000, every: 10, period: "day") { _ in 10 },
        caughtUp(#"provider="tess",workspace="acme""#), caughtUp(#"provider="dust",workspace="globex""#),
      ],
      quiet: [1430, 1460, 2900], firing: [1480, 2800], as: isCorrected("15%")),
    RuleScene(
      "AgentUsageCorrectionsHigh", .fires, "with failed scrapes, until the exporter is gone",
      series: [
        excess(minutes: 180, every: 1) { (60..<67).contains($0) || $0 >= 80 ? nil : $0 < 10 ? 0 : 150 },
        spent(minutes: 180, every: 1) { _ in 1000 },
      ],
      quiet: [39, 95, 180], firing: [41, 66, 79], as: isCorrected("15%")),
    RuleScene(
      "AgentUsageCorrectionsHigh", .fires, "what was spent more than a week ago does not count", every: 60,
      series: [
        excess(minutes: 14_000, every: 60) { $0 < 12_000 ? 0 : 150 },
        spent(minutes: 14_000, every: 60) { $0 < 600 ? 10_000 : 1000 },
      ],
      firing: [12_180], as: isCorrected("15%")),
    RuleScene(
      "AgentUsageCorrectionsHigh", .silent, "an old excess, and 60 messages of 1,000", every: 10,
      series: [
        excess(minutes: 3000, every: 10) { $0 < 1440 ? 200 : 260 }, spent(minutes: 3000, every: 10) { _ in 1000 },
      ],
      quiet: [1000, 1600, 3000]),
    RuleScene(
      "AgentUsageCorrectionsHigh", .muted, "a correction of the old month, two days into the new one", every: 60,
      series: [
        excess(minutes: 8000, every: 60) { $0 < 4320 ? 0 : 50 },
        spent(minutes: 8000, every: 60) { $0 < 1440 ? 1000 : 20 },
      ],
      quiet: [4320, 4440, 5700]),
    RuleScene(
      "AgentUsageCorrectionsHigh", .muted, "the corrections of three days of an outage", every: 10,
      series: [
        excess(minutes: 3000, every: 10) { $0 < 1440 ? 40 : 190 }, spent(minutes: 3000, every: 10) { _ in 1000 },
        caughtUp(acme),
      ],
      quiet: [1440, 1480, 2000, 2870, 3000]),
  ]

  private static func caughtUp(_ workspace: String) -> InputSeries {
    series("workspace:agentusage_caught_up:1d{\(workspace)}", minutes: 3000, every: 10) {
      (1440..<2880).contains($0) ? 1 : nil
    }
  }

  // MARK: AgentUsageRowsRejected

  private static func isRejected(_ share: String) -> FiringAlert {
    FiringAlert(
      "AgentUsageRowsRejected",
      [
        "alertname": "AgentUsageRowsRejected", "severity": "warning", "provider": "dust", "workspace": "acme",
        "collector": "agents",
      ],
      summary: "Many rows of a provider's answers are refused.",
      description:
        "\(share) of the rows of agents of dust/acme were refused in the last six hours, and are not in any counter.",
      dashboard: "health?var-provider=dust&var-workspace=acme")
  }

  /// A collector that runs every half hour and refuses some rows each time, for two reasons.
  private struct Table {
    var instance = "a"
    /// Refused in each collection, by reason.
    var refused = [0, 0]
    var minutes = 1440
    var rows: (Int) -> Double = { _ in 100 }
    var enabled: (Int) -> Double = { _ in 1 }
    var succeedsUntil = Int.max
    var isScraped: (Int) -> Bool = { _ in true }

    var series: [InputSeries] {
      let labels = #"\#(acme),collector="agents",instance="\#(instance)""#
      func gauge(_ name: String, _ extra: String = "", _ value: @escaping (Int) -> Double) -> InputSeries {
        RuleScenes.series("agentusage_collector_\(name){\(labels)\(extra)}", minutes: minutes, every: 5) {
          isScraped($0) ? value($0) : nil
        }
      }
      return zip(["missing_id", "negative"], refused).map { reason, count in
        gauge("rejected_rows_total", #",reason="\#(reason)""#) { Double($0 / 30 * count) }
      } + [
        gauge("rows", "", rows), gauge("enabled", "", enabled),
        gauge("last_success_timestamp_seconds") { Double(min($0 / 30 * 30, succeedsUntil) * 60) },
      ]
    }
  }

  private static let rejected: [RuleScene] = [
    RuleScene(
      "AgentUsageRowsRejected", .fires, "eight rows of a hundred, for one of two exporters, until it is gone", every: 5,
      series: Table(refused: [5, 3], minutes: 1440, isScraped: { $0 != 1000 && $0 < 1200 }).series
        + Table(instance: "b", enabled: { _ in 0 }).series,
      quiet: [1220], firing: [1015], as: isRejected("8%")),
    RuleScene(
      "AgentUsageRowsRejected", .fires, "of tables that vary", every: 5,
      series: Table(refused: [5, 3], rows: { $0 / 30 % 2 == 0 ? 50 : 150 }).series,
      firing: [1440], as: isRejected("8.055%")),
    RuleScene(
      "AgentUsageRowsRejected", .fires, "from a certain hour on", every: 5,
      series: Table(refused: [50, 30], enabled: { $0 < 600 ? 0 : 1 }).series,
      quiet: [595, 625], firing: [635], as: isRejected("80%")),
    RuleScene(
      "AgentUsageRowsRejected", .silent, "four rows of a hundred", every: 5, series: Table(refused: [2, 2]).series,
      quiet: [100, 700, 1440]),
    RuleScene(
      "AgentUsageRowsRejected", .muted, "a switched-off collector", every: 5,
      series: Table(refused: [5, 3], enabled: { _ in 0 }).series, quiet: [700, 1440]),
    RuleScene(
      "AgentUsageRowsRejected", .muted, "answers that were refused as a whole in the end", every: 5,
      series: Table(refused: [5, 3], succeedsUntil: 300).series, quiet: [800, 1440]),
  ]
}
