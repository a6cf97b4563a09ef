/// A threshold's value other than the shipped one, or several to compare.
package struct ThresholdValues: Sendable, Hashable {
  private static let family = "agentusage:threshold:"

  /// The recorded metric.
  package let metric: String
  package let values: [String]

  /// - Parameter text: "spike_sigmas_info=2.5", or "spike_sigmas_info=2.25/2.5/2.75" for several.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let values = parts[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard values.allSatisfy({ Double($0)?.isFinite == true }) else { return nil }
    metric = parts[0].hasPrefix(Self.family) ? String(parts[0]) : Self.family + parts[0]
    self.values = values
  }

  var name: String { String(metric.dropFirst(Self.family.count)) }
}

/// The usage alerts under one choice of thresholds.
package struct Setting: Sendable, Hashable {
  /// "shipped", or the thresholds that differ.
  package let title: String
  package let alerts: [Rule]

  package init(title: String, alerts: [Rule]) {
    self.title = title
    self.alerts = alerts
  }
}
