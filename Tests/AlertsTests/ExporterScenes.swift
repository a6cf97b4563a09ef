extension RuleScenes {
  static let exporter = exporterDown + absent + workspaceGone + folded + reload + notWritten + replaced

  private static let target = #"job="usage",instance="a:9847""#
  private static let identity = ["job": "usage", "instance": "a:9847"]
  private static let page = "health?var-job=usage&var-instance=a%3A9847"

  private static func series(
    _ name: String, _ labels: String = target, minutes: Int, every: Int = 1, _ value: (Int) -> Double?
  ) -> InputSeries {
    InputSeries("\(name){\(labels)}", steps: minutes / every + 1) { value($0 * every) }
  }

  // MARK: AgentUsageExporterDown

  private static let isDown = FiringAlert(
    "AgentUsageExporterDown",
    identity.merging(["alertname": "AgentUsageExporterDown", "severity": "critical"]) { $1 },
    summary: "The exporter cannot be scraped.",
    description:
      "a:9847 of job usage has not answered a scrape for ten minutes. Nothing is collected meanwhile; what is "
      + "missed is read and counted when it is back.", dashboard: page)

  /// A target that answers but for some minutes, and two that never were exporters: of its job, and of its address.
  private static func targets(minutes: Int, every: Int = 1, silent: Range<Int>) -> [InputSeries] {
    [
      series("up", minutes: minutes, every: every) { silent.contains($0) ? 0 : 1 },
      series("agentusage_exporter_build_info", minutes: minutes, every: every) { silent.contains($0) ? nil : 1 },
      series("up", #"job="usage",instance="b:9847""#, minutes: minutes, every: every) { _ in 0 },
      series("up", #"job="node",instance="a:9847""#, minutes: minutes, every: every) { _ in 0 },
    ]
  }

  /// A target that answers for an hour, is not asked for some time, and answers no more.
  private static func returned(after minutes: Int, _ metric: String, _ labels: String = "") -> [InputSeries] {
    [
      series("up", minutes: minutes + 120, every: 5) { $0 < 60 ? 1 : $0 < 60 + minutes ? nil : 0 },
      series(metric, target + labels, minutes: minutes + 120, every: 5) { $0 < 60 ? 1 : nil },
    ]
  }

  private static let exporterDown: [RuleScene] = [
    RuleScene(
      "AgentUsageExporterDown", .fires, "it stops answering", series: targets(minutes: 240, silent: 60..<241),
      quiet: [59, 69], firing: [71, 240], as: isDown),
    RuleScene(
      "AgentUsageExporterDown", .fires, "for as long as it is down", every: 5,
      series: targets(minutes: 1800, every: 5, silent: 60..<1801), firing: [1200, 1550, 1800], as: isDown),
    RuleScene(
      "AgentUsageExporterDown", .fires, "a workspace that is a target of its own",
      series: [
        series("up", minutes: 120) { $0 < 60 ? 1 : 0 },
        series("agentusage_workspace_info", target + "," + acme, minutes: 120) { $0 < 60 ? 1 : nil },
        series("agentusage_workspace_info", #"job="usage",instance="c:9847","# + acme, minutes: 120) { _ in 1 },
      ], quiet: [59], firing: [71, 120], as: isDown),
    RuleScene(
      "AgentUsageExporterDown", .fires, "it went down while Prometheus was away for five hours", every: 5,
      series: returned(after: 300, "agentusage_exporter_build_info"), quiet: [50, 360], firing: [370], as: isDown),
    RuleScene(
      "AgentUsageExporterDown", .fires, "a workspace did so", every: 5,
      series: returned(after: 300, "agentusage_workspace_info", "," + acme), quiet: [50, 360], firing: [370], as: isDown
    ),
    RuleScene(
      "AgentUsageExporterDown", .muted, "it was an exporter two days ago", every: 5,
      series: returned(after: 2880, "agentusage_exporter_build_info"), quiet: [2960, 3000]),
    RuleScene(
      "AgentUsageExporterDown", .muted, "it was a workspace two days ago", every: 5,
      series: returned(after: 2880, "agentusage_workspace_info", "," + acme), quiet: [2960, 3000]),
    RuleScene(
      "AgentUsageExporterDown", .silent, "eight minutes of a restart", series: targets(minutes: 120, silent: 60..<68),
      quiet: [50, 67, 69, 120]),
    RuleScene(
      "AgentUsageExporterDown", .muted, "other programs are down", series: targets(minutes: 120, silent: 0..<0),
      quiet: [30, 120]),
  ]

  // MARK: AgentUsageExporterAbsent

  private static let isAbsent = FiringAlert(
    "AgentUsageExporterAbsent", ["alertname": "AgentUsageExporterAbsent", "severity": "critical"],
    summary: "No exporter of agent usage is scraped.",
    description:
      "Prometheus has no target that serves agentusage_exporter_build_info, and none that failed to. All other "
      + "alerts about agent usage are blind.", dashboard: "health")

  private static func gone(_ range: Range<Int>, minutes: Int) -> [InputSeries] {
    ["up", "agentusage_exporter_build_info"].map { name in
      series(name, minutes: minutes) { range.contains($0) ? nil : 1 }
    }
  }

  private static let absent: [RuleScene] = [
    RuleScene(
      "AgentUsageExporterAbsent", .fires, "there never was one",
      series: [series("up", #"job="node",instance="a:9100""#, minutes: 60) { _ in 1 }],
      quiet: [9], firing: [11, 60], as: isAbsent),
    RuleScene(
      "AgentUsageExporterAbsent", .fires, "its target is gone", series: gone(60..<200, minutes: 240),
      quiet: [59, 79, 201], firing: [81, 199], as: isAbsent),
    RuleScene(
      "AgentUsageExporterAbsent", .silent, "it is away for 18 minutes", series: gone(60..<78, minutes: 120),
      quiet: [50, 75, 77, 120]),
    RuleScene(
      "AgentUsageExporterAbsent", .muted, "it is known and down", series: targets(minutes: 240, silent: 60..<241),
      quiet: [75, 90, 240]),
  ]

  // MARK: AgentUsageWorkspaceGone

  private static let isGone = FiringAlert(
    "AgentUsageWorkspaceGone",
    ["alertname": "AgentUsageWorkspaceGone", "severity": "warning", "provider": "dust", "workspace": "acme"],
    summary: "A workspace is no longer collected.",
    description: "dust/acme was served within the last day by an exporter that is no longer among Prometheus' targets. "
      + "No other one serves it.", dashboard: "health?var-provider=dust&var-workspace=acme")

  /// An exporter that is there but for some minutes, and serves acme but for others.
  private static func shard(
    _ instance: String, job: String = "usage", away: [Range<Int>] = [], withoutAcme: Range<Int> = 0..<0,
    isDown: Bool = false, minutes: Int, every: Int = 1
  ) -> [InputSeries] {
    let target = #"job="\#(job)",instance="\#(instance)""#
    func sampled(_ name: String, _ labels: String, _ value: (Int) -> Double?) -> InputSeries {
      series(name, labels + target, minutes: minutes, every: every, value)
    }
    func isAway(_ minute: Int) -> Bool { away.contains { $0.contains(minute) } }
    return [
      sampled("up", "") { isAway($0) ? (isDown ? 0 : nil) : 1 },
      sampled("agentusage_exporter_build_info", "") { isAway($0) ? nil : 1 },
      sampled("agentusage_workspace_info", acme + ",") { isAway($0) || withoutAcme.contains($0) ? nil : 1 },
    ]
  }

  /// An exporter that never serves acme.
  private static func other(
    _ instance: String, job: String = "usage", away: [Range<Int>] = [], isDown: Bool = false, minutes: Int,
    every: Int = 1
  ) -> [InputSeries] {
    shard(
      instance, job: job, away: away, withoutAcme: 0..<(minutes + 1), isDown: isDown, minutes: minutes, every: every)
  }

  private static let workspaceGone: [RuleScene] = [
    RuleScene(
      "AgentUsageWorkspaceGone", .fires, "a pod that discovery has lost, for a day", every: 5,
      series: shard("a", away: [600..<2401], minutes: 2400, every: 5) + other("b", minutes: 2400, every: 5)
        // Others of its job, and of its address, are there or down.
        + other("c", away: [600..<2401], isDown: true, minutes: 2400, every: 5)
        + other("a", job: "staging", minutes: 2400, every: 5),
      quiet: [600, 620, 2100, 2400], firing: [640, 1800], as: isGone),
    RuleScene(
      "AgentUsageWorkspaceGone", .fires, "while the other exporter misses scrapes",
      series: shard("a", away: [60..<241], minutes: 240) + other("b", away: [150..<157], minutes: 240)
        + other("a", job: "staging", away: [60..<241], isDown: true, minutes: 240),
      quiet: [60, 89], firing: [95, 156, 240], as: isGone),
    RuleScene(
      "AgentUsageWorkspaceGone", .silent, "it is away for 25 minutes",
      series: shard("a", away: [60..<85], minutes: 180) + other("b", minutes: 180), quiet: [60, 84, 90, 180]),
    RuleScene(
      "AgentUsageWorkspaceGone", .muted, "another exporter serves it, but for 20 minutes",
      series: shard("a", away: [60..<241], minutes: 240) + shard("b", away: [120..<140], minutes: 240)
        + other("c", minutes: 240),
      quiet: [60, 100, 139, 145, 240]),
    RuleScene(
      "AgentUsageWorkspaceGone", .muted, "it was taken out of the configuration of one that goes away for 25 minutes",
      series: shard("a", away: [120..<145], withoutAcme: 60..<241, minutes: 240) + other("b", minutes: 240),
      quiet: [60, 100, 144, 150, 240]),
    RuleScene(
      "AgentUsageWorkspaceGone", .muted, "its exporter is known and down",
      series: shard("a", away: [60..<241], isDown: true, minutes: 240) + other("b", minutes: 240),
      quiet: [60, 100, 240]),
    RuleScene(
      "AgentUsageWorkspaceGone", .muted, "there is no exporter at all",
      series: shard("a", away: [60..<241], minutes: 240), quiet: [60, 100, 240]),
  ]

  // MARK: AgentUsageSeriesFolded

  private static let acme = #"provider="dust",workspace="acme""#

  private static let isFolded = FiringAlert(
    "AgentUsageSeriesFolded",
    ["alertname": "AgentUsageSeriesFolded", "severity": "warning", "provider": "dust", "workspace": "acme"],
    summary: "Agents are folded into one series.",
    description: #"3 agents of dust/acme came within a week beyond max_agents, and are counted as agent_id="other"."#,
    dashboard: "health?var-provider=dust&var-workspace=acme")

  private static func folding(
    _ labels: String = acme, minutes: Int, every: Int = 1, _ value: (Int) -> Double?
  ) -> InputSeries {
    series("agentusage_agents_folded", labels, minutes: minutes, every: every, value)
  }

  private static let folded: [RuleScene] = [
    RuleScene(
      "AgentUsageSeriesFolded", .fires, "three agents too many, for a week", every: 60,
      series: [
        folding(minutes: 13_000, every: 60) { $0 < 1440 ? 0 : 3 },
        folding(#"provider="tess",workspace="acme""#, minutes: 13_000, every: 60) { _ in 0 },
        folding(#"provider="dust",workspace="globex""#, minutes: 13_000, every: 60) { _ in 0 },
      ],
      quiet: [1380, 1440, 12_000], firing: [1500, 10_800], as: isFolded),
    RuleScene(
      "AgentUsageSeriesFolded", .fires, "for one of two exporters, with failed scrapes, until it is undone",
      series: [
        folding(acme + #",instance="a""#, minutes: 180) { minute in
          (60..<67).contains(minute) ? nil : (10..<100).contains(minute) ? 3 : 0
        },
        folding(acme + #",instance="b""#, minutes: 180) { _ in 0 },
      ],
      quiet: [24, 115, 180], firing: [26, 66], as: isFolded),
    RuleScene(
      "AgentUsageSeriesFolded", .silent, "room for all", series: [folding(minutes: 180) { _ in 0 }], quiet: [30, 180]),
    RuleScene(
      "AgentUsageSeriesFolded", .muted, "500 agents have long been folded", every: 60,
      series: [folding(minutes: 13_000, every: 60) { _ in 500 }], quiet: [120, 5000, 12_900]),
  ]

  // MARK: AgentUsageConfigReloadFailed

  private static let isOldConfiguration = FiringAlert(
    "AgentUsageConfigReloadFailed",
    identity.merging(["alertname": "AgentUsageConfigReloadFailed", "severity": "warning"]) { $1 },
    summary: "The exporter could not read its configuration again.",
    description:
      "a:9847 of job usage keeps the configuration it had, because the new one has faults. A restart would fail.",
    dashboard: page)

  private static func reloaded(minutes: Int, _ value: (Int) -> Double?) -> [InputSeries] {
    [
      series("agentusage_exporter_config_last_reload_successful", minutes: minutes, value),
      series(
        "agentusage_exporter_config_last_reload_successful", #"job="usage",instance="b:9847""#, minutes: minutes
      ) { _ in 1 },
    ]
  }

  private static let reload: [RuleScene] = [
    RuleScene(
      "AgentUsageConfigReloadFailed", .fires, "a faulty file, with failed scrapes, until the exporter is gone",
      series: reloaded(minutes: 240) { minute in
        (100..<107).contains(minute) || minute >= 150 ? nil : minute < 60 ? 1 : 0
      },
      quiet: [59, 69, 165], firing: [71, 106, 149], as: isOldConfiguration),
    RuleScene(
      "AgentUsageConfigReloadFailed", .silent, "every reload succeeds", series: reloaded(minutes: 60) { _ in 1 },
      quiet: [30, 60]),
    RuleScene(
      "AgentUsageConfigReloadFailed", .muted, "repaired within eight minutes",
      series: reloaded(minutes: 120) { (60..<68).contains($0) ? 0 : 1 }, quiet: [67, 69, 75, 120]),
  ]

  // MARK: AgentUsageLedgerNotWritten

  private static func isUnwritten(_ count: Int) -> FiringAlert {
    FiringAlert(
      "AgentUsageLedgerNotWritten",
      identity.merging(["alertname": "AgentUsageLedgerNotWritten", "severity": "critical"]) { $1 },
      summary: "The ledger cannot be written.",
      description: "\(count) transactions of a:9847 of job usage failed within an hour. Counters stand still until the "
        + "ledger can be written.", dashboard: page)
  }

  private static func failures(minutes: Int, _ value: (Int) -> Double?) -> InputSeries {
    series("agentusage_ledger_write_failures_total", minutes: minutes, value)
  }

  private static let notWritten: [RuleScene] = [
    RuleScene(
      "AgentUsageLedgerNotWritten", .fires, "a full disk: two failures every twelve minutes",
      series: [failures(minutes: 240) { $0 < 60 ? 0 : Double(($0 - 48) / 12 * 2) }],
      quiet: [59, 100], firing: [102], as: isUnwritten(8)),
    RuleScene(
      "AgentUsageLedgerNotWritten", .fires, "for hours",
      series: [failures(minutes: 480) { Double($0 / 12 * 2) }], firing: [470], as: isUnwritten(10)),
    RuleScene(
      "AgentUsageLedgerNotWritten", .silent, "no failure", series: [failures(minutes: 120) { _ in 0 }], quiet: [120]),
    RuleScene(
      "AgentUsageLedgerNotWritten", .muted, "one failed collection now and then",
      series: [failures(minutes: 480) { Double($0 / 70 * 4) }], quiet: [75, 150, 480]),
  ]

  // MARK: AgentUsageLedgerReplaced

  private static let isReplaced = FiringAlert(
    "AgentUsageLedgerReplaced",
    identity.merging(["alertname": "AgentUsageLedgerReplaced", "severity": "warning"]) { $1 },
    summary: "The exporter has begun a new ledger in place of the one it had.",
    description: "a:9847 of job usage found no sound ledger at its start. Counters began again at 0, and what was used "
      + "between its last collection and the first one now is not in them.", dashboard: page)

  private static func restored(_ labels: String = target, minutes: Int, every: Int = 1, _ value: (Int) -> Double?)
    -> InputSeries
  {
    series("agentusage_ledger_restored", labels, minutes: minutes, every: every, value)
  }

  private static let replaced: [RuleScene] = [
    RuleScene(
      "AgentUsageLedgerReplaced", .fires, "a damaged ledger, with failed scrapes, until the exporter is gone",
      series: [
        restored(minutes: 240) {
          (60..<62).contains($0) || (100..<107).contains($0) || $0 >= 150 ? nil : $0 < 60 ? 1 : 0
        }
      ],
      quiet: [59, 71, 165], firing: [73, 106, 149], as: isReplaced),
    RuleScene(
      "AgentUsageLedgerReplaced", .fires, "for a week", every: 60,
      series: [restored(minutes: 13_000, every: 60) { $0 < 1440 ? 1 : 0 }], quiet: [12_000], firing: [11_000],
      as: isReplaced),
    RuleScene(
      "AgentUsageLedgerReplaced", .silent, "restarts", series: [restored(minutes: 240) { $0 % 60 < 2 ? nil : 1 }],
      quiet: [59, 63, 240]),
    RuleScene(
      "AgentUsageLedgerReplaced", .muted, "the first start of a second exporter",
      series: [
        restored(minutes: 240) { _ in 0 }, restored(#"job="usage",instance="b:9847""#, minutes: 240) { _ in 1 },
      ],
      quiet: [30, 240]),
  ]
}
