extension RuleScenes {
  static let provider = down + refused + failing + stale + lagging + rateLimited + starved

  private static let day = 24 * 60

  private static func firing(
    _ alert: String, _ severity: String, _ extra: [String: String] = [:], summary: String, description: String
  ) -> FiringAlert {
    let labels = ["alertname": alert, "severity": severity, "provider": "dust", "workspace": "acme"]
    return FiringAlert(
      alert, labels.merging(extra) { $1 }, summary: summary, description: description,
      dashboard: "health?var-provider=dust&var-workspace=acme")
  }

  // MARK: AgentUsageProviderDown

  private static let isDown = firing(
    "AgentUsageProviderDown", "warning", summary: "A provider cannot be read.",
    description:
      "No collector of dust/acme has succeeded for half an hour, and requests fail. Nothing is lost: what is "
      + "missed now is read and counted when the provider is back.")

  private static let down: [RuleScene] = [
    RuleScene(
      "AgentUsageProviderDown", .fires, "an outage, with failed scrapes in between",
      series: WorkspaceLife(minutes: 240).with(.fails("network"), minutes: 60..<241).unscraped(100..<107).series,
      quiet: [59, 89], firing: [91, 106, 240], as: isDown),
    RuleScene(
      "AgentUsageProviderDown", .fires, "two exporters tell of one outage",
      series: ["a", "b"].flatMap {
        WorkspaceLife(minutes: 120).with(.fails("network"), minutes: 60..<121).seen(by: $0).series
      },
      firing: [110], as: isDown),
    RuleScene(
      "AgentUsageProviderDown", .fires, "two workspaces, of which one fails",
      series: WorkspaceLife(minutes: 120).with(.fails("network"), minutes: 60..<121).series
        + elsewhere(minutes: 240),
      firing: [110], as: isDown),
    RuleScene(
      "AgentUsageProviderDown", .silent, "a failed collection now and then",
      series: WorkspaceLife(minutes: 240).with(.fails("network"), minutes: 60..<66)
        .with(.fails("network"), minutes: 90..<96).series,
      quiet: [65, 90, 100, 110, 120, 240]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "one of two exporters cannot reach it",
      series: WorkspaceLife(minutes: 240).with(.fails("network"), minutes: 60..<241).seen(by: "a").series
        + WorkspaceLife(minutes: 240).seen(by: "b").series,
      quiet: [100, 240]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "the first reading takes three hours",
      series: WorkspaceLife(minutes: 180).with(.begins).series, quiet: [60, 120, 180]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "a provider that asks for patience",
      series: WorkspaceLife(minutes: 240).with(.fails("rate_limited"), minutes: 60..<241).series, quiet: [100, 240]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "an outage that is long over, and patience is asked for", every: 5,
      series: WorkspaceLife(minutes: 300, every: 5).with(.fails("network"), minutes: 60..<80)
        .with(.fails("rate_limited"), minutes: 180..<301).series,
      quiet: [230, 300]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "a refused credential",
      series: WorkspaceLife(minutes: 240).with(.refused, minutes: 60..<241).series, quiet: [100, 240]),
    RuleScene(
      "AgentUsageProviderDown", .muted, "all collectors are switched off",
      series: WorkspaceLife(minutes: 240).with(.off).series, quiet: [100, 240]),
  ]

  /// A workspace of the same name at another provider, and another one at the same: both well, but for a mishap.
  private static func elsewhere(
    minutes: Int, every: Int = 1, _ mishap: WorkspaceLife.Mishap? = nil
  ) -> [InputSeries] {
    [#"provider="tess",workspace="acme""#, #"provider="dust",workspace="globex""#].flatMap { labels in
      var life = WorkspaceLife(minutes: minutes, every: every)
      life.labels = labels
      return mishap.map { life.with($0, minutes: 60..<(minutes + 1)) }?.series ?? life.series
    }
  }

  // MARK: AgentUsageCredentialRefused

  private static let isRefused = firing(
    "AgentUsageCredentialRefused", "critical", summary: "A provider refuses the credential of a workspace.",
    description:
      "The provider has answered 401 or 403 to the credential of dust/acme. It is tried again every 15 minutes, "
      + "and at once when its secret file changes.")

  private static let refused: [RuleScene] = [
    RuleScene(
      "AgentUsageCredentialRefused", .fires, "a revoked key, with failed scrapes in between",
      series: WorkspaceLife(minutes: 180).with(.refused, minutes: 60..<181).unscraped(100..<107, 130..<181).series
        + elsewhere(minutes: 240),
      quiet: [59, 64, 145], firing: [66, 106, 129], as: isRefused),
    RuleScene(
      "AgentUsageCredentialRefused", .fires, "one of two exporters has the old key",
      series: WorkspaceLife(minutes: 120).with(.refused, minutes: 60..<121).seen(by: "a").series
        + WorkspaceLife(minutes: 120).seen(by: "b").series,
      firing: [70], as: isRefused),
    RuleScene(
      "AgentUsageCredentialRefused", .silent, "ordinary days", every: 5,
      series: WorkspaceLife(minutes: day, every: 5).series, quiet: [10, 720, 1440]),
    RuleScene(
      "AgentUsageCredentialRefused", .muted, "a key that is replaced at once, and the exporter goes",
      series: WorkspaceLife(minutes: 120).with(.refused, minutes: 60..<63).unscraped(64..<90).series,
      quiet: [62, 65, 70, 80, 91]),
  ]

  // MARK: AgentUsageCollectorFailing

  private static let isFailing = firing(
    "AgentUsageCollectorFailing", "warning", ["collector": "tools"],
    summary: "One collector fails while others of its workspace work.",
    description:
      "The collector tools of dust/acme has failed for the better part of an hour, while others of the workspace "
      + "succeed.")

  private static let failing: [RuleScene] = [
    RuleScene(
      "AgentUsageCollectorFailing", .fires, "one table is broken, with failed scrapes, a blip, and worse elsewhere",
      series: WorkspaceLife(minutes: 150).with(.fails("schema"), "tools", minutes: 60..<151)
        .with(.fails("network"), "agents", minutes: 90..<93).unscraped(140..<147).series
        + elsewhere(minutes: 150, .refused),
      quiet: [100, 114], firing: [116, 146], as: isFailing),
    RuleScene(
      "AgentUsageCollectorFailing", .fires, "for two exporters, of which one fails altogether",
      series: WorkspaceLife(minutes: 120).with(.fails("schema"), "tools", minutes: 60..<121).seen(by: "a").series
        + WorkspaceLife(minutes: 120).with(.fails("network"), minutes: 60..<121).seen(by: "b").series,
      firing: [120], as: isFailing),
    RuleScene(
      "AgentUsageCollectorFailing", .silent, "a failure that is over after half an hour",
      series: WorkspaceLife(minutes: 240).with(.fails("schema"), "tools", minutes: 60..<90).series,
      quiet: [80, 100, 120, 240]),
    RuleScene(
      "AgentUsageCollectorFailing", .muted, "the whole provider is down",
      series: WorkspaceLife(minutes: 240).with(.fails("network"), minutes: 60..<241).series + elsewhere(minutes: 240),
      quiet: [110, 118]),
    RuleScene(
      "AgentUsageCollectorFailing", .muted, "the credential is refused, and the other collector has not asked since",
      series: WorkspaceLife(minutes: 240).with(.refused, "tools", minutes: 60..<241)
        .with(.hangs, "agents", minutes: 60..<241).series,
      quiet: [110, 240]),
    RuleScene(
      "AgentUsageCollectorFailing", .muted, "it was switched off for it",
      series: WorkspaceLife(minutes: 240).with(.fails("schema"), "tools", minutes: 60..<80)
        .with(.off, "tools", minutes: 80..<241).series,
      quiet: [120, 240]),
    RuleScene(
      "AgentUsageCollectorFailing", .muted, "the other exporter reads it",
      series: WorkspaceLife(minutes: 240).with(.fails("schema"), "tools", minutes: 60..<241).seen(by: "a").series
        + WorkspaceLife(minutes: 240).seen(by: "b").series,
      quiet: [120, 240]),
  ]

  // MARK: AgentUsageDataStale

  private static func isStale(_ age: String) -> FiringAlert {
    firing(
      "AgentUsageDataStale", "warning", ["collector": "tools"],
      summary: "Usage data have not been refreshed for too long.",
      description: "The collector tools of dust/acme last succeeded \(age) ago, and no failure tells why.")
  }

  private static let stale: [RuleScene] = [
    RuleScene(
      "AgentUsageDataStale", .fires, "an attempt that does not end, with failed scrapes in between",
      series: WorkspaceLife(minutes: 300).with(.hangs, "tools", minutes: 60..<301).unscraped(200..<207).series,
      quiet: [150, 165, 361], firing: [167], as: isStale("2h 17m 0s")),
    RuleScene(
      "AgentUsageDataStale", .fires, "during failed scrapes",
      series: WorkspaceLife(minutes: 300).with(.hangs, "tools", minutes: 60..<301).unscraped(200..<207).series,
      firing: [206], as: isStale("2h 56m 0s")),
    RuleScene(
      "AgentUsageDataStale", .fires, "for two exporters, of which one is switched off", every: 5,
      series: WorkspaceLife(minutes: 200, every: 5).with(.off, "tools", minutes: 40..<201).seen(by: "a").series
        + WorkspaceLife(minutes: 200, every: 5).with(.hangs, "tools", minutes: 80..<201).seen(by: "b").series,
      quiet: [170, 190], firing: [200], as: isStale("2h 20m 0s")),
    RuleScene(
      "AgentUsageDataStale", .fires, "while other workspaces have troubles of their own",
      series: [
        record("collector:agentusage_last_success_age:seconds", #",collector="tools""#, 9000),
        record("collector:agentusage_min_interval:seconds", #",collector="tools""#, 1800),
      ]
        + [
          "workspace:agentusage_provider:down", "workspace:agentusage_credential:refused",
          "workspace:agentusage_exporter:back",
        ].flatMap { name in
          [#"provider="tess",workspace="acme""#, #"provider="dust",workspace="globex""#].map {
            InputSeries("\(name){\($0)}", "1+0x30")
          }
        },
      firing: [20], as: isStale("2h 30m 0s")),
    RuleScene(
      "AgentUsageDataStale", .fires, "a collector that is asked every hour", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(collectors: ["agents": 30, "tools": 60])
        .with(.hangs, "tools", minutes: 120..<601).series,
      quiet: [240, 300], firing: [325], as: isStale("4h 25m 0s")),
    RuleScene(
      "AgentUsageDataStale", .silent, "ordinary days, and a collector that is asked every five minutes waits for 100",
      series: WorkspaceLife(minutes: 360).with(collectors: ["agents": 30, "tools": 5])
        .with(.hangs, "tools", minutes: 61..<160).series,
      quiet: [30, 120, 150, 159, 360]),
    RuleScene(
      "AgentUsageDataStale", .silent, "two exporters, of which one asks every hour", every: 5,
      series: WorkspaceLife(minutes: 240, every: 5).with(.hangs, "tools", minutes: 60..<241).seen(by: "a").series
        + WorkspaceLife(minutes: 240, every: 5).with(collectors: ["agents": 30, "tools": 60])
        .with(.hangs, "tools", minutes: 60..<241).seen(by: "b").series,
      quiet: [200, 230]),
    RuleScene(
      "AgentUsageDataStale", .muted, "the provider is down", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.fails("network"), minutes: 60..<601).series
        + elsewhere(minutes: 600, every: 5),
      quiet: [200, 600]),
    RuleScene(
      "AgentUsageDataStale", .muted, "the credential is refused", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.refused, minutes: 60..<601).series
        + elsewhere(minutes: 600, every: 5),
      quiet: [200, 600]),
    RuleScene(
      "AgentUsageDataStale", .muted, "the collector fails", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.fails("schema"), "tools", minutes: 60..<601).series,
      quiet: [200, 600]),
    RuleScene(
      "AgentUsageDataStale", .muted, "the collector is switched off", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.off, "tools", minutes: 60..<601).series, quiet: [200, 600]),
    RuleScene(
      "AgentUsageDataStale", .muted, "nothing was ever read yet", every: 5,
      series: WorkspaceLife(minutes: 600, every: 5).with(.begins).series, quiet: [200, 600]),
  ]

  /// A recorded series as it is, where what it is made of does not matter.
  private static func record(_ name: String, _ labels: String, _ value: Int) -> InputSeries {
    InputSeries("\(name){provider=\"dust\",workspace=\"acme\"\(labels)}", "\(value)+0x30")
  }

  // MARK: AgentUsageDayUnread

  private static func isLagging(_ lag: String) -> FiringAlert {
    firing(
      "AgentUsageDayUnread", "info", ["collector": "tools"], summary: "Usage of the past cannot be read.",
      description:
        "Collections of tools of dust/acme succeed, but for one day or more: usage of \(lag) before them is in no "
        + "counter.")
  }

  private static let lagging: [RuleScene] = [
    RuleScene(
      "AgentUsageDayUnread", .fires, "a day that ended seven hours ago, with failed scrapes in between",
      series: WorkspaceLife(minutes: 1000).with(.lags(420), "tools", minutes: 600..<1001).unscraped(700..<707).series
        + elsewhere(minutes: 1000),
      quiet: [600, 659], firing: [661, 706, 1000], as: isLagging("7h 0m 0s")),
    RuleScene(
      "AgentUsageDayUnread", .fires, "for two exporters", every: 5,
      series: [("a", 420), ("b", 400)].flatMap { instance, lag in
        WorkspaceLife(minutes: 700, every: 5).with(.lags(lag), "tools", minutes: 600..<701).seen(by: instance).series
      }
        + [#"provider="tess",workspace="acme""#, #"provider="dust",workspace="globex""#].map {
          InputSeries("workspace:agentusage_catch_up:recent{\($0)}", "1+0x140")
        },
      firing: [700], as: isLagging("7h 0m 0s")),
    RuleScene(
      "AgentUsageDayUnread", .fires, "a collector that is asked every hour", every: 5,
      series: WorkspaceLife(minutes: 1600, every: 5).with(collectors: ["agents": 30, "tools": 60])
        .with(.lags(600), "tools", minutes: 1200..<1601).series,
      firing: [1500], as: isLagging("10h 0m 0s")),
    RuleScene(
      "AgentUsageDayUnread", .silent, "lags that are ordinary for the interval", every: 5,
      series: WorkspaceLife(minutes: 1600, every: 5).with(collectors: ["agents": 30, "tools": 60])
        .with(.lags(300), "agents", minutes: 600..<1601).with(.lags(420), "tools", minutes: 600..<1601).series,
      quiet: [700, 1600]),
    RuleScene(
      "AgentUsageDayUnread", .muted, "the collector fails for a day", every: 5,
      series: WorkspaceLife(minutes: 1600, every: 5).with(.fails("schema"), "tools", minutes: 60..<1601).series,
      quiet: [600, 1600]),
    RuleScene(
      "AgentUsageDayUnread", .muted, "the collector was switched off while it lagged", every: 5,
      series: WorkspaceLife(minutes: 1600, every: 5).with(.lags(420), "tools", minutes: 600..<620)
        .with(.off, "tools", minutes: 620..<1601).series,
      quiet: [700, 1600]),
    RuleScene(
      "AgentUsageDayUnread", .muted, "nothing is known of how far the data reach", every: 5,
      series: WorkspaceLife(minutes: 1600, every: 5).with(.lags(9999), "tools").series, quiet: [700, 1600]),
  ]

  // MARK: AgentUsageRateLimited

  /// Refusals of one exporter, one at each multiple of `minutes`.
  private static func refusals(
    every minutes: Int, endpoint: String = "export", instance: String = "a", job: String = "usage"
  ) -> InputSeries {
    InputSeries(
      #"agentusage_api_request_failures_total{provider="dust",workspace="acme",endpoint="\#(endpoint)","#
        + #"reason="rate_limited",job="\#(job)",instance="\#(instance)"}"#, steps: 241
    ) { Double($0 / minutes) }
  }

  private static func isLimited(_ times: Int) -> FiringAlert {
    firing(
      "AgentUsageRateLimited", "warning", summary: "A provider limits the rate of requests.",
      description: "dust/acme was told \(times) times in the last hour that it asks too often.")
  }

  private static let rateLimited: [RuleScene] = [
    RuleScene(
      "AgentUsageRateLimited", .fires, "ten refusals in an hour, by two endpoints",
      series: [
        refusals(every: 10), refusals(every: 15, endpoint: "usage"), refusals(every: 60, instance: "b"),
        refusals(every: 60, job: "staging"),
      ],
      quiet: [40, 58], firing: [180], as: isLimited(10)),
    RuleScene(
      "AgentUsageRateLimited", .silent, "five in an hour", series: [refusals(every: 12)], quiet: [60, 180, 240]),
    RuleScene(
      "AgentUsageRateLimited", .muted, "two exporters with four each",
      series: [refusals(every: 15), refusals(every: 15, instance: "b")], quiet: [60, 180, 240]),
    RuleScene(
      "AgentUsageRateLimited", .muted, "failures of another kind",
      series: WorkspaceLife(minutes: 240).with(.fails("network"), minutes: 60..<241).series, quiet: [180, 240]),
  ]

  // MARK: AgentUsageStarved

  private static let isStarved = firing(
    "AgentUsageStarved", "warning", summary: "A provider answers only that it is asked too often.",
    description: "No collector of dust/acme has succeeded for two hours, and what the provider answers is to ask less.")

  /// Without a success at these minutes, and refused once in four hours of others; nothing is asked in between.
  private static func starving(
    _ minutes: Range<Int>, refused: Range<Int>? = nil, reason: String = "rate_limited", instance: String = "a"
  ) -> [InputSeries] {
    let refused = refused ?? minutes
    func sampled(_ name: String, _ labels: String, _ value: @escaping (Int) -> Double) -> InputSeries {
      let identity = #"provider="dust",workspace="acme",job="usage",instance="\#(instance)""#
      return InputSeries(#"\#(name){\#(identity)\#(labels)}"#, steps: 201) { value($0 * 5) }
    }
    return [
      sampled("agentusage_provider_up", "") { minutes.contains($0) ? 0 : 1 },
      sampled("agentusage_provider_auth_failed", "") { _ in reason == "auth" ? 1 : 0 },
      sampled("agentusage_api_request_failures_total", #",endpoint="other",reason="\#(reason)""#) { _ in 0 },
      sampled("agentusage_api_request_failures_total", #",endpoint="export",reason="\#(reason)""#) { minute in
        Double(refused.filter { $0 <= minute && ($0 - refused.lowerBound) % 240 == 0 }.count)
      },
    ]
  }

  private static let starved: [RuleScene] = [
    RuleScene(
      "AgentUsageStarved", .fires, "a refusal in four hours, and nothing else", every: 5,
      series: starving(200..<900) + elsewhere(minutes: 1000, every: 5), quiet: [200, 320, 920],
      firing: [335, 600, 890], as: isStarved),
    RuleScene(
      "AgentUsageStarved", .silent, "an hour and a half of it", every: 5, series: starving(200..<290),
      quiet: [200, 285, 330, 600]),
    RuleScene(
      "AgentUsageStarved", .muted, "the provider is down", every: 5,
      series: WorkspaceLife(minutes: 1000, every: 5).with(.fails("network"), "agents", minutes: 200..<900)
        .with(.fails("rate_limited"), "tools", minutes: 200..<900).series,
      quiet: [335, 600]),
    RuleScene(
      "AgentUsageStarved", .muted, "the credential is refused", every: 5,
      series: starving(200..<900).prefix(1) + starving(200..<900, reason: "auth").dropFirst()
        + starving(200..<900).suffix(2), quiet: [335, 600]),
    RuleScene(
      "AgentUsageStarved", .muted, "a reading that takes hours, long after a refusal", every: 5,
      series: starving(500..<1001, refused: 5..<6), quiet: [640, 1000]),
    RuleScene(
      "AgentUsageStarved", .muted, "another exporter reads it", every: 5,
      series: starving(200..<900) + starving(0..<0, instance: "b"), quiet: [335, 600]),
  ]
}
