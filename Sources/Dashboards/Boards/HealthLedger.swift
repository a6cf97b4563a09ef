/// The panels about the ledger and the series that come of it.
enum HealthLedger {
  static let panels: [Panel] = [
    .stat(
      "Ledger", "Whether the exporter began with a sound ledger, or with a new one, which begins counting anew.",
      [.instant(ledger("agentusage_ledger_restored"), "{{instance}}")]
    ).mapped(Mapping.of(no: ("new", "yellow"), yes: ("restored", "green"))),
    .stat(
      "Ledger size", "Size of the ledger on disk.",
      [.instant(ledger("agentusage_ledger_size_bytes"), "{{instance}}")], unit: .bytes, decimals: 1),
    .stat(
      "Failed writes",
      "Transactions in the selected range that could not be written, as on a full disk. Counters stand still until one can be.",
      Series.exporter("agentusage_ledger_write_failures_total").increase(over: .range).sum(),
      thresholds: .noneExpected),
    .stat(
      "Folded agents", "Agents beyond `max_agents`, whose usage is under the id `other`.",
      workspace("agentusage_agents_folded").sum(), thresholds: .noneUsual
    ).leading(to: folding),
    .stat(
      "Duplicate series",
      "Series of the selected range that were left out because another collector of the workspace gives them already.",
      Series.scraped("agentusage_duplicate_series_total").increase(over: .range).sum(), thresholds: .noneExpected),
    .stat(
      "Series", "Usage series of all selected workspaces, counted once for several exporters.",
      workspace("agentusage_series").sum()
    ).leading(to: folding),
    .bars(
      "Corrections per day",
      "How often a provider took usage of any measure back. Counters do not follow; gauges of calendar periods do.",
      [
        .daily(
          Series.scraped("agentusage_ledger_corrections_total").increase(over: .day)
            .max(by: "provider", "workspace", "measure").sum(by: "provider"), "{{provider}}")
      ]
    ).limited(.noneUsual).leading(to: corrections),
    .table(
      "Excess",
      "What the counters hold beyond what the provider says now, in the measure's own unit: the sum of its corrections downwards.",
      [
        .label("provider"), .label("workspace"), .label("measure", "Measure"),
        .value(
          "Excess",
          Series.scraped("agentusage_ledger_excess").value.max(by: "provider", "workspace", "measure").above(0),
          decimals: 2, thresholds: .noneUsual),
      ], sortedBy: "Excess", width: 12, height: 8
    ).leading(to: corrections).empty(means: "no provider has taken usage back"),
    .lines(
      "Usage series", "Usage series of each workspace. Prometheus holds as many for it.",
      [.range(workspace("agentusage_series"), "{{provider}}/{{workspace}}")], unit: .count, decimals: 0, width: 24
    ).leading(to: folding),
  ]

  private static let folding = Lead.runbook("AgentUsageSeriesFolded")
  private static let corrections = Lead.runbook("AgentUsageCorrectionsHigh")

  private static func ledger(_ name: String) -> Expression { Series.exporter(name).value.max(by: "instance") }

  private static func workspace(_ name: String) -> Expression {
    Series.scraped(name).value.max(by: "provider", "workspace")
  }
}

extension Panel {
  /// The same panel with words in the place of values.
  func mapped(_ mappings: [Mapping]) -> Panel {
    var panel = self
    panel.mappings = mappings
    return panel
  }

  /// The same panel with an axis or bars from the one value to the other.
  func bounded(_ bounds: ClosedRange<Double>) -> Panel {
    var panel = self
    (panel.minimum, panel.maximum) = (bounds.lowerBound, bounds.upperBound)
    return panel
  }
}
