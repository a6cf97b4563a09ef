import Testing

/// A short play for one alert: what is scraped, and what must fire when.
struct RuleScene: Sendable, CustomTestStringConvertible {
  enum Kind: Sendable, Hashable {
    /// The alert fires, with exactly these labels and annotations.
    case fires
    /// Ordinary life.
    case silent
    /// What the alert looks for is there, and something makes it no reason to alert.
    case muted
    /// What the alert compares is recorded as it should be.
    case recorded
  }

  /// An instant of the play, in minutes from its start.
  struct Check: Sendable {
    let minute: Int
    let expected: [FiringAlert]
  }

  /// A query at an instant of the play, in minutes from its start, and all that it returns.
  struct Recorded: Sendable {
    let minute: Int
    let query: String
    let samples: [Sample]
  }

  struct Sample: Sendable, Encodable {
    /// With braces.
    let labels: String
    let value: Double
  }

  let alert: String
  let kind: Kind
  let name: String
  /// Minutes between samples, and between evaluations.
  let every: Int
  let series: [InputSeries]
  /// Recorded series that are given like scraped ones, so that what records them is not played.
  var given: Set<String> { Set(series.map { String($0.series.prefix { $0 != "{" }) }.filter { $0.contains(":") }) }
  let checks: [Check]
  let recorded: [Recorded]
  /// The one rule that is played, if it is not all that the alert needs.
  var rule: String?

  /// - Parameters:
  ///   - quiet: minutes at which nothing may fire.
  ///   - firing: minutes at which exactly `as` must fire.
  init(
    _ alert: String, _ kind: Kind, _ name: String, every: Int = 1, series: [InputSeries],
    quiet: [Int] = [], firing: [Int] = [], as expected: FiringAlert...
  ) {
    self.init(alert, kind, name, every: every, series: series, quiet: quiet, firing: firing, as: expected)
  }

  init(
    _ alert: String, _ kind: Kind, _ name: String, every: Int, series: [InputSeries], quiet: [Int], firing: [Int],
    as expected: [FiringAlert]
  ) {
    self.alert = alert
    self.kind = kind
    self.name = name
    self.every = every
    self.series = series
    checks = quiet.map { Check(minute: $0, expected: []) } + firing.map { Check(minute: $0, expected: expected) }
    recorded = []
  }

  init(
    _ alert: String, _ name: String, every: Int, series: [InputSeries], recorded: [Recorded], rule: String? = nil
  ) {
    self.rule = rule
    self.alert = alert
    kind = .recorded
    self.name = name
    self.every = every
    self.series = series
    checks = []
    self.recorded = recorded
  }

  /// Whether it takes promtool seconds: dozens of rules over weeks.
  var isOfWeeks: Bool { rule == nil && length * every > 30 * 1440 }

  /// Those of them that are played side by side.
  var isOfManyHours: Bool { isOfWeeks && every == 60 && recorded.isEmpty }

  /// Evaluations until the last check.
  var length: Int { ((checks.map(\.minute) + recorded.map(\.minute)).max() ?? 0) / every }

  var testDescription: String { "\(alert) (\(kind)): \(name)" }
}

/// What Prometheus hands to Alertmanager.
struct FiringAlert: Sendable {
  let labels: [String: String]
  let annotations: [String: String]

  /// - Parameters:
  ///   - dashboard: what follows `/d/agentusage-` in `dashboard_url`.
  init(_ alert: String, _ labels: [String: String], summary: String, description: String, dashboard: String) {
    self.labels = labels
    annotations = [
      "summary": summary, "description": description, "dashboard_url": "/d/agentusage-\(dashboard)",
      "runbook_url": Self.runbook(alert),
    ]
  }

  private init(labels: [String: String], annotations: [String: String]) {
    self.labels = labels
    self.annotations = annotations
  }

  func mapTexts(_ change: (String) -> String) -> FiringAlert {
    FiringAlert(labels: labels.mapValues(change), annotations: annotations.mapValues(change))
  }

  static func runbook(_ alert: String) -> String {
    "https://github.com/agent-usage-exporter/agent-usage-exporter/blob/main/alerts/README.md#\(alert.lowercased())"
  }
}
