/// The budgets' panels of the spend board.
enum SpendBudgets {
  private static let inPeriod = SpendBoard.inPeriod
  private static let rules = "no budget is configured for this period, or the recording rules are not loaded"

  static let panels: [Panel] = [
    .barGauge(
      "Budgets used",
      "Usage of the chosen calendar period so far as a share of its budget, by workspace and measure. Needs the recording rules.",
      [.instant(Budget.spent(inPeriod) / Budget.limit(inPeriod), "{{provider}}/{{workspace}} {{measure}}")],
      unit: .share, thresholds: .limits(warning: 0.8, critical: 1)
    ).bounded(0...1).empty(means: rules),
    .lines(
      "Spent, budget and projection",
      "The chosen measure in the calendar period so far, its budget, and what the period will have used at its end if it goes on as in the last week. Needs the recording rules.",
      [
        .range(Budget.spent(inPeriod, chosen), "spent, {{provider}}/{{workspace}}", step: "5m"),
        .range(Budget.limit(inPeriod, chosen), "budget, {{provider}}/{{workspace}}", step: "5m", dashed: true),
        .range(Budget.projected(inPeriod, chosen), "projected, {{provider}}/{{workspace}}", step: "5m", dashed: true),
      ], width: 16
    ).empty(means: rules),
    .table(
      "Budgets",
      "Each budget of the chosen calendar period with what is used, and what will be at its end if it goes on as in the last week. Amounts are in the measure's own unit. Needs the recording rules.",
      [
        .label("provider"), .label("workspace"), .label("measure", "Measure"),
        .value("Budget", Budget.limit(inPeriod)),
        .value("Spent", Budget.spent(inPeriod)),
        .value("Used", Budget.spent(inPeriod) / Budget.limit(inPeriod), unit: .share, thresholds: limits),
        .value("Projected", Budget.projected(inPeriod)),
        .value(
          "Projected share", Budget.projected(inPeriod) / Budget.limit(inPeriod), unit: .share, thresholds: limits),
      ], sortedBy: "Projected share", width: 12, height: 8
    ).empty(means: rules),
    .table(
      "Configured budgets",
      "The budgets of the exporter's configuration for the chosen period, and the end of the period in the workspace's time zone. Needs no rules.",
      [
        .label("provider"), .label("workspace"),
        .value(
          "Period ends", configured("agentusage_period_end_timestamp_seconds") * .number(1000), unit: .fromNow,
          decimals: nil),
        .value("Cost", configured("agentusage_budget_cost_usd"), unit: .dollars),
      ]
        + [
          ("Messages", "messages"), ("Executions", "executions"), ("Calls", "calls"), ("Credits", "credits"),
          ("Tokens", "tokens"),
        ].map { title, measure in .value(title, configured("agentusage_budget_\(measure)")) },
      sortedBy: "provider", descending: false, width: 12, height: 8
    ).empty(means: "this period is not among the configured ones"),
  ]

  private static let chosen = #"measure="$measure""#
  private static let limits = Thresholds.limits(warning: 0.8, critical: 1)

  private static func configured(_ name: String) -> Expression {
    Series.scraped(name, inPeriod).value.max(by: "provider", "workspace")
  }
}
