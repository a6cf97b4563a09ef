/// Exporters and providers that are back after days: what was missed is read, and no alarm is due for it.
extension RuleScenes {
  static let back = recentlyBack + staleAfterReturn + limitedAfterReturn + laggingAfterReturn

  private static let acme = #"provider="dust",workspace="acme""#
  private static let others = [#"provider="tess",workspace="acme""#, #"provider="dust",workspace="globex""#]
  private static let dashboard = "health?var-provider=dust&var-workspace=acme"

  private static func labels(_ alert: String, _ severity: String) -> [String: String] {
    ["alertname": alert, "severity": severity, "provider": "dust", "workspace": "acme"]
  }

  /// What goes on elsewhere meanwhile.
  private static func elsewhere(minutes: Int) -> [InputSeries] {
    others.flatMap { labels in
      var life = WorkspaceLife(minutes: minutes, every: 5)
      life.labels = labels
      return life.series
    }
  }

  // MARK: What counts as being back

  private static let recentlyBack: [RuleScene] = [
    RuleScene(
      "AgentUsageRateLimited", "which workspaces read what they missed", every: 5,
      series: [
        // Once for half an hour, seen by one of two exporters, of one of two collectors.
        flag("catching_up", acme, "agents", "a") { (600..<630).contains($0) },
        flag("catching_up", acme, "agents", "b") { _ in false },
        flag("catching_up", acme, "tools", "a") { _ in false },
        // Again after five hours, and once more after thirteen.
        flag("catching_up", others[1], "agents", "a") {
          (600..<630).contains($0) || (900..<930).contains($0) || $0 >= 1700
        },
        flag("catching_up", others[0], "agents", "a") { _ in false },
        present(#"provider="tess",workspace="new""#) { $0 >= 400 },
        // Of two exporters one is new.
        present(#"provider="dust",workspace="new""#) { _ in true },
        flag("enabled", #"provider="dust",workspace="new""#, "agents", "b") { $0 < 400 ? nil : true },
        // Away for 100 minutes, for twenty, and for good.
        present(#"provider="tess",workspace="away""#) { !(300..<400).contains($0) },
        present(#"provider="tess",workspace="briefly""#) { !(300..<320).contains($0) },
      ],
      recorded: [
        // All are new at the beginning of the play.
        (100, ["tess/away", "tess/briefly", "dust/new"]), (115, ["tess/away", "tess/briefly", "dust/new"]), (120, []),
        (330, []), (335, ["tess/away"]), (395, ["tess/away"]), (405, ["tess/new", "tess/away"]),
        (515, ["tess/new", "tess/away"]), (520, []), (595, []),

        (600, ["dust/acme", "dust/globex"]), (640, ["dust/acme", "dust/globex"]), (700, ["dust/acme", "dust/globex"]),
        (775, ["dust/acme", "dust/globex"]), (785, []), (900, []), (1000, []), (1200, []), (1705, ["dust/globex"]),
      ].map { minute, workspaces in
        RuleScene.Recorded(
          minute: minute, query: "0 * workspace:agentusage_catch_up:recent",
          samples: workspaces.map { workspace in
            let parts = workspace.split(separator: "/")
            return RuleScene.Sample(labels: #"{provider="\#(parts[0])", workspace="\#(parts[1])"}"#, value: 0)
          })
      })
  ]

  private static func flag(
    _ name: String, _ workspace: String, _ collector: String, _ instance: String, _ value: (Int) -> Bool?
  ) -> InputSeries {
    InputSeries(
      #"agentusage_collector_\#(name){\#(workspace),collector="\#(collector)",instance="\#(instance)"}"#,
      steps: 1720 / 5 + 1
    ) { value($0 * 5).map { $0 ? 1 : 0 } }
  }

  private static func present(_ workspace: String, _ value: (Int) -> Bool) -> InputSeries {
    flag("enabled", workspace, "agents", "a") { value($0) ? true : nil }
  }

  // MARK: AgentUsageDataStale

  private static func isStale(_ age: String) -> FiringAlert {
    FiringAlert(
      "AgentUsageDataStale", labels("AgentUsageDataStale", "warning").merging(["collector": "tools"]) { $1 },
      summary: "Usage data have not been refreshed for too long.",
      description: "The collector tools of dust/acme last succeeded \(age) ago, and no failure tells why.",
      dashboard: dashboard)
  }

  private static let staleAfterReturn: [RuleScene] = [
    RuleScene(
      "AgentUsageDataStale", .muted, "the exporter is back after three days, and reads for two hours", every: 5,
      series: WorkspaceLife(minutes: 4700, every: 5).with(.hangs, minutes: 121..<4550).unscraped(121..<4440).series
        + elsewhere(minutes: 4700),
      quiet: [4440, 4460, 4500, 4555, 4700]),
    RuleScene(
      "AgentUsageDataStale", .fires, "the exporter is back after three days, and has not read all after two hours",
      every: 5,
      series: WorkspaceLife(minutes: 4700, every: 5).with(.hangs, "tools", minutes: 121..<4701)
        .unscraped(121..<4440).series + elsewhere(minutes: 4700),
      quiet: [4500, 4570], firing: [4580], as: isStale("3d 2h 20m 0s")),
    RuleScene(
      "AgentUsageDataStale", .muted, "a restart that takes 100 minutes, and an hour's reading", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.hangs, "tools", minutes: 301..<470)
        .unscraped(301..<400).series,
      quiet: [400, 440, 465, 600]),
    RuleScene(
      "AgentUsageDataStale", .fires, "twenty minutes' absence two hours ago is no reason",
      series: WorkspaceLife(minutes: 400).with(.hangs, "tools", minutes: 60..<401).unscraped(200..<220).series,
      firing: [338], as: isStale("5h 8m 0s")),
    RuleScene(
      "AgentUsageDataStale", .muted, "the provider is back after three days", every: 5,
      series: WorkspaceLife(minutes: 4700, every: 5).with(.fails("network"), minutes: 121..<4440).series,
      quiet: [4440, 4460, 4500, 4700]),
  ]

  // MARK: AgentUsageRateLimited

  private static func limited(_ range: Range<Int>) -> InputSeries {
    InputSeries(
      #"agentusage_api_request_failures_total{\#(acme),endpoint="export",reason="rate_limited"}"#, steps: 481
    ) { Double(max(0, min($0, range.upperBound) - range.lowerBound) / 4) }
  }

  private static func catchingUp(_ workspace: String, _ range: Range<Int>) -> InputSeries {
    InputSeries(#"agentusage_collector_catching_up{\#(workspace),collector="agents"}"#, steps: 481) {
      range.contains($0) ? 1 : 0
    }
  }

  private static let limitedAfterReturn: [RuleScene] = [
    RuleScene(
      "AgentUsageRateLimited", .muted, "days are read at once",
      series: [limited(100..<250), catchingUp(acme, 100..<130)], quiet: [130, 160, 200, 250, 275, 300, 480]),
    RuleScene(
      "AgentUsageRateLimited", .fires, "three hours of it do not end it, whatever others do",
      series: [limited(100..<470), catchingUp(acme, 100..<130)] + others.map { catchingUp($0, 250..<470) },
      quiet: [160, 279, 290], firing: [300],
      as: FiringAlert(
        "AgentUsageRateLimited", labels("AgentUsageRateLimited", "warning"),
        summary: "A provider limits the rate of requests.",
        description: "dust/acme was told 15 times in the last hour that it asks too often.", dashboard: dashboard)),
  ]

  // MARK: AgentUsageDayUnread

  private static let laggingAfterReturn: [RuleScene] = [
    RuleScene(
      "AgentUsageDayUnread", .muted, "three days are read piece by piece", every: 5,
      series: WorkspaceLife(minutes: 4800, every: 5).with(.hangs, minutes: 121..<4440)
        .with(.lags(420), "tools", minutes: 4440..<4590).unscraped(121..<4440).series,
      quiet: [4440, 4505, 4580, 4700])
  ]
}
