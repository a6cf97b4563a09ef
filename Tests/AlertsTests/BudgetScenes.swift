extension RuleScenes {
  static let budget = projected + burning + exceeded + BudgetSources.scenes

  static func budgetAlert(
    _ alert: String, _ severity: String, measure: String = "messages", period: String = "month", summary: String,
    description: String
  ) -> FiringAlert {
    FiringAlert(
      alert,
      [
        "alertname": alert, "severity": severity, "provider": "dust", "workspace": "acme", "measure": measure,
        "period": period,
      ],
      summary: summary, description: description,
      dashboard: "spend?var-provider=dust&var-workspace=acme&var-period=\(period)&var-measure=\(measure)")
  }

  // MARK: AgentUsageBudgetProjected

  private static func isProjected(_ share: String) -> FiringAlert {
    budgetAlert(
      "AgentUsageBudgetProjected", "warning", summary: "A budget will not last to the end of its period.",
      description: "dust/acme is on course for \(share) of its messages budget of the month.")
  }

  /// Ten days into a month at the start of the scene.
  private static func tenDaysIn(
    hours: Int, every: Int = 60, _ spent: @escaping @Sendable (Double) -> Double?
  ) -> BudgetLife {
    BudgetLife(minutes: hours * 60, every: every, start: { _ in -240 * 60 }, spent: { spent(Double($0) / 60) })
  }

  private static let others = [#"provider="tess",workspace="acme""#, #"provider="dust",workspace="globex""#]

  private static let projected: [RuleScene] = [
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "two messages an hour, of which the history knows little", every: 60,
      series: tenDaysIn(hours: 130) { 480 + 2 * $0 }.series
        + tenDaysIn(hours: 130) { 480 + 2 * $0 }.with {
          $0.period = "year"; $0.length = 60_000; $0.budget = 9000
        }.series
        + others.flatMap { labels in
          tenDaysIn(hours: 130) { 480 + 2 * $0 }.with {
            $0.labels = labels; $0.budget = 9000
          }.series
        },
      quiet: [0], firing: [60, 180, 7800], as: isProjected("120%")),
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "a week that was busier than the month before it", every: 60,
      series: tenDaysIn(hours: 170) { 120 + 3 * $0 }.with { $0.budget = 1300 }.series,
      quiet: [6000], firing: [168 * 60], as: isProjected("120%")),
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "not before a twentieth of the period is over", every: 60,
      series: BudgetLife(minutes: 3000, every: 60, start: { _ in 0 }, spent: { Double($0 / 60 * 4) }).series,
      quiet: [60, 35 * 60, 37 * 60], firing: [39 * 60], as: isProjected("240%")),
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "with failed scrapes, until the exporter is gone", every: 5,
      series: tenDaysIn(hours: 3, every: 5) { _ in 480 }
        .with {
          $0.budget = 1000; $0.isScraped = { !(100..<107).contains($0) && $0 < 150 }
        }.series,
      quiet: [165], firing: [105], as: isProjected("143%")),
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "each workspace and period by its own calendar", every: 30,
      series: calendars.flatMap { identity, _, left, elapsed in
        [
          InputSeries(
            "workspace_measure:agentusage_budget_projected:ratio{\(identity),measure=\"messages\"}", "1.2+0x4"),
          InputSeries("workspace_period:agentusage_left:seconds{\(identity)}", "\(Int(left * 2))+0x4"),
          InputSeries("workspace_period:agentusage_elapsed:seconds{\(identity)}", "\(Int(elapsed))+0x4"),
        ]
      },
      quiet: [0, 30], firing: [60], as: isProjected("120%")),
    RuleScene(
      "AgentUsageBudgetProjected", .fires, "until its budget is taken out of the configuration", every: 5,
      series: tenDaysIn(hours: 3, every: 5) { _ in 480 }.with {
        $0.budget = 1000; $0.budgetUntil = 90
      }.series,
      quiet: [105], firing: [85], as: isProjected("143.2%")),
    RuleScene(
      "AgentUsageBudgetProjected", .silent, "a month that will come to 80 %", every: 60,
      series: tenDaysIn(hours: 130) { 480 + 2 * $0 }.with { $0.budget = 1800 }.series, quiet: [60, 6000, 7800]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "a busy first evening", every: 60,
      series: BudgetLife(minutes: 4000, every: 60, start: { _ in 0 }, spent: { $0 < 60 ? 0 : 50 }).series,
      quiet: [120, 600, 2100, 3000]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "forty busy hours, and nothing is known of those before", every: 15,
      series: tenDaysIn(hours: 41, every: 15) { 120 + 3 * $0 }.with { $0.budget = 1300 }.series,
      quiet: [40 * 60]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "thirty busy hours after an outage of four days", every: 60,
      series: tenDaysIn(hours: 281) { 240 + min($0, 150) + max(0, $0 - 250) * 10 }
        .with { $0.isUp = { !(9000..<15_000).contains($0) } }.series,
      quiet: [280 * 60]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "400 messages of a catch-up", every: 60,
      series: tenDaysIn(hours: 180) { 240 + $0 + ($0 < 150 ? 0 : 400) }.with { $0.catchesUp = { $0 == 9000 } }.series,
      quiet: [9000, 9120, 168 * 60]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "the budget is exceeded already", every: 60,
      series: tenDaysIn(hours: 50) { 1300 + 2 * $0 }.series, quiet: [60, 180, 3000]),
    RuleScene(
      "AgentUsageBudgetProjected", .muted, "the month is over, and the next has hardly begun", every: 5,
      series: BudgetLife(
        minutes: 240, every: 5, start: { $0 < 60 ? -720 * 60 + 60 : 60 },
        spent: { $0 < 60 ? 1190 + Double($0 / 20) : $0 < 90 ? nil : 1 }
      ).series,
      quiet: [55, 60, 75, 100, 200, 240]),
    eventfulWeek,
  ]

  /// An outage with its catch-up, an unnoticed blip, a busy hour, and a month that ends in Nepal, where midnight is at a
  /// quarter past a whole hour of UTC. Hours from the start: the month ends at 60:15.
  private static let eventfulWeek = RuleScene(
    "AgentUsageBudgetProjected", .fires, "after an eventful week", every: 15,
    series: ["a", "b"].flatMap { instance in
      BudgetLife(
        minutes: 190 * 60, every: 15, start: { $0 < 3615 ? -659 * 60 - 45 : 3615 },
        spent: { minute in
          let hours = Double(minute) / 60
          if minute < 3615 { return 1000 + 2 * ((20..<40.25).contains(hours) ? 20 : hours) + (hours > 44 ? 30 : 0) }
          // The second hour of the month is busy.
          return 2 * (hours - 60.25) + (hours > 61.25 ? 100 : 0)
        }
      ).with { life in
        life.labels += #",instance="\#(instance)""#
        life.budget = 1000
        life.isUp = { instance == "a" && !(1215..<2355).contains($0) }
        life.catchesUp = { instance == "a" && $0 == 2415 }
      }.series
    }
      + others.flatMap { labels in
        BudgetLife(minutes: 190 * 60, every: 15, start: { _ in 0 }, spent: { _ in 0 }).with { $0.labels = labels }
          .series
      }
      // The year goes on while the month ends.
      + BudgetLife(minutes: 190 * 60, every: 15, start: { _ in 0 }, spent: { _ in 0 })
      .with {
        $0.labels += #",instance="a""#; $0.period = "year"; $0.length = 9999 * 60
      }.calendar,
    firing: [185 * 60], as: isProjected("206.6%"))

  // MARK: AgentUsageBudgetBurningFast

  private static func isBurning(_ rest: String) -> FiringAlert {
    budgetAlert(
      "AgentUsageBudgetBurningFast", "critical", summary: "A budget is being used up fast.",
      description:
        "At the pace of the last day, the rest of the messages budget of the month of dust/acme lasts \(rest), and "
        + "the period ends later.")
  }

  /// Of a workspace that burns fast, and of others that do not: how long the rest lasts, what is left, what has passed.
  private static let calendars: [(identity: String, lasts: Double, left: Double, elapsed: Double)] = [
    (#"provider="dust",workspace="acme",period="month""#, 172_800, 864_000, 864_000),
    (#"provider="dust",workspace="acme",period="week""#, 172_800, 864_000, 43_200),
    (#"provider="tess",workspace="acme",period="month""#, 172_800, 864_000, 43_200),
    (#"provider="dust",workspace="globex",period="month""#, 172_800, 864_000, 43_200),
  ]

  private static let burning: [RuleScene] = [
    RuleScene(
      "AgentUsageBudgetBurningFast", .fires, "a runaway agent: sixty messages an hour", every: 60,
      series: tenDaysIn(hours: 100) { 480 + ($0 < 48 ? 2 * $0 : 96 + 60 * ($0 - 48)) }.with { $0.budget = 5000 }.series,
      quiet: [48 * 60, 60 * 60], firing: [74 * 60], as: isBurning("1d 23h 44m 0s")),
    RuleScene(
      "AgentUsageBudgetBurningFast", .fires, "as soon as the last day lies in the period", every: 60,
      series: BudgetLife(minutes: 3000, every: 60, start: { _ in 0 }, spent: { Double($0) }).with { $0.budget = 5000 }
        .series,
      quiet: [24 * 60, 25 * 60], firing: [26 * 60], as: isBurning("2d 9h 20m 0s")),
    RuleScene(
      "AgentUsageBudgetBurningFast", .fires, "each workspace and period by its own calendar, with failed scrapes",
      series: calendars.flatMap { identity, lasts, left, elapsed in
        [
          ("workspace_measure:agentusage_budget_lasts:seconds", #",measure="messages""#, lasts),
          ("workspace_period:agentusage_left:seconds", "", left),
          ("workspace_period:agentusage_elapsed:seconds", "", elapsed),
        ].map { name, extra, value in
          InputSeries("\(name){\(identity)\(extra)}", steps: 120) { minute in
            guard name.contains("lasts") else { return value }
            return (60..<67).contains(minute) || minute >= 90 ? nil : value
          }
        }
      },
      quiet: [29, 105], firing: [31, 66, 89], as: isBurning("2d 0h 0m 0s")),
    RuleScene(
      "AgentUsageBudgetBurningFast", .silent, "a rest for four days", every: 60,
      series: tenDaysIn(hours: 60) { 480 + 20 * $0 }.with { $0.budget = 3000 }.series, quiet: [20 * 60, 30 * 60]),
    RuleScene(
      "AgentUsageBudgetBurningFast", .muted, "the period ends before the rest does", every: 60,
      series: BudgetLife(minutes: 3000, every: 60, start: { _ in -680 * 60 }, spent: { 500 + Double($0 / 60) })
        .with { $0.budget = 560 }.series,
      quiet: [24 * 60, 38 * 60]),
    RuleScene(
      "AgentUsageBudgetBurningFast", .muted, "the old month ended with a spike", every: 60,
      series: BudgetLife(
        minutes: 4000, every: 60, start: { $0 < 1800 ? -690 * 60 : 1800 },
        spent: { $0 < 1800 ? Double($0) : Double(($0 - 1800) / 60 * 5) }
      ).with { $0.budget = 1500 }.series,
      quiet: [1800 + 13 * 60, 1800 + 20 * 60, 1800 + 23 * 60, 1800 + 30 * 60]),
    RuleScene(
      "AgentUsageBudgetBurningFast", .muted, "eight hours of history", every: 15,
      series: tenDaysIn(hours: 8, every: 15) { 480 + 60 * $0 }.with { $0.budget = 3000 }.series,
      quiet: [3 * 60, 8 * 60]),
    RuleScene(
      "AgentUsageBudgetBurningFast", .muted, "eight hours since a long outage", every: 60,
      series: tenDaysIn(hours: 70) { 480 + 2 * $0 + max(0, $0 - 60) * 100 }
        .with {
          $0.budget = 5000; $0.isUp = { !(2400..<3600).contains($0) }
        }.series,
      quiet: [66 * 60, 69 * 60]),
    RuleScene(
      "AgentUsageBudgetBurningFast", .fires, "eighteen hours of history, busy every other", every: 15,
      series: tenDaysIn(hours: 20, every: 15) { 480 + 60 * $0 + ($0.truncatingRemainder(dividingBy: 2) < 1 ? 0 : 20) }
        .with { $0.budget = 3000 }.series, firing: [18 * 60],
      as: isBurning("1d 0h 0m 0s")),
    RuleScene(
      "AgentUsageBudgetBurningFast", .muted, "the budget of a day of 25 hours", every: 15,
      series: BudgetLife(minutes: 1600, every: 15, start: { _ in 0 }, spent: { Double($0) * 0.675 })
        .with {
          $0.period = "day"; $0.length = 1500; $0.budget = 1000
        }.series,
      quiet: [1470, 1485]),
  ]

  // MARK: AgentUsageBudgetExceeded

  static func isExceeded(_ share: String, measure: String = "messages", period: String = "month") -> FiringAlert {
    budgetAlert(
      "AgentUsageBudgetExceeded", "critical", measure: measure, period: period, summary: "A budget is exceeded.",
      description: "dust/acme has used \(share) of its \(measure) budget of the \(period).")
  }

  private static let exceeded: [RuleScene] = [
    RuleScene(
      "AgentUsageBudgetExceeded", .fires, "for two exporters, with failed scrapes, until they are gone", every: 5,
      series: ["a", "b"].flatMap { instance in
        tenDaysIn(hours: 4, every: 5) { $0 < 0.5 ? 1000 : instance == "a" ? 1320 : 1310 }.with { life in
          life.labels += #",instance="\#(instance)""#
          life.isScraped = { !(100..<107).contains($0) && $0 < 150 }
        }.series
      },
      quiet: [25, 35, 165], firing: [40, 105, 145], as: isExceeded("110%")),
    RuleScene(
      "AgentUsageBudgetExceeded", .fires, "early in the day",
      series: BudgetLife(minutes: 60, every: 1, start: { _ in 0 }, spent: { _ in 1800 })
        .with {
          $0.period = "day"; $0.length = 1440
        }.series,
      quiet: [15, 24], firing: [27], as: isExceeded("150%", period: "day")),
    RuleScene(
      "AgentUsageBudgetExceeded", .fires, "until its budget is taken out of the configuration", every: 5,
      series: tenDaysIn(hours: 2, every: 5) { _ in 1320 }.with { $0.budgetUntil = 60 }.series,
      quiet: [75], firing: [30, 55], as: isExceeded("110%")),
    RuleScene(
      "AgentUsageBudgetExceeded", .fires, "each workspace and period by its own calendar",
      series: calendars.enumerated().flatMap { index, calendar in
        let ratio = "workspace_measure:agentusage_budget_spent:ratio{\(calendar.identity),measure=\"messages\"}"
        let elapsed = "workspace_period:agentusage_elapsed:seconds{\(calendar.identity)}"
        return [InputSeries(ratio, "1.1+0x30")] + (index == 0 ? [InputSeries(elapsed, "1000+0x30")] : [])
      },
      firing: [20], as: isExceeded("110%")),
    RuleScene(
      "AgentUsageBudgetExceeded", .silent, "99 % of the budget",
      series: tenDaysIn(hours: 2, every: 1) { _ in 1188 }.series, quiet: [30, 120]),
    RuleScene(
      "AgentUsageBudgetExceeded", .muted, "one of two exporters has the budget of before it was raised",
      series: [1000.0, 1500].flatMap { budget in
        tenDaysIn(hours: 1, every: 1) { _ in 1320 }.with {
          $0.budget = budget; $0.labels += #",instance="\#(budget)""#
        }.series
      },
      quiet: [30, 60]),
    RuleScene(
      "AgentUsageBudgetExceeded", .muted, "the old month was exceeded, the new one is not read yet",
      series: BudgetLife(
        minutes: 240, every: 1, start: { $0 < 60 ? -719 * 60 : 60 },
        spent: { $0 < 60 ? 1300 : $0 < 150 ? nil : 1 }
      ).series,
      quiet: [60, 65, 72, 85, 100, 200]),
    RuleScene(
      "AgentUsageBudgetExceeded", .muted, "one of two exporters still shows the old month",
      series: [60, 79].enumerated().flatMap { index, turn in
        BudgetLife(
          minutes: 240, every: 1, start: { $0 < turn ? -719 * 60 : 60 }, spent: { $0 < turn ? 1300 : 1 }
        ).with { $0.labels += #",instance="\#(index)""# }.series
      },
      quiet: [60, 70, 77, 79, 90, 200]),
    RuleScene(
      "AgentUsageBudgetExceeded", .muted, "the exporter fails at midnight and shows the old month for ever",
      series: BudgetLife(minutes: 240, every: 1, start: { _ in -719 * 60 }, spent: { $0 < 58 ? 1000 : 1300 }).series,
      quiet: [61, 70, 200]),
  ]
}
