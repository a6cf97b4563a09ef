import Usage

extension SettingsReader {
  /// The collectors of a provider with what the configuration changes of them, in the provider's order.
  mutating func collectors(in field: Field?, of provider: ProviderDefaults) -> [CollectorSettings] {
    let defaults = provider.collectors.map {
      CollectorSettings(name: $0.name, enabled: $0.enabled, minInterval: $0.minInterval)
    }
    guard let field else { return defaults }
    let names = defaults.map(\.name)
    let choice = English.list(English.quoted(names), "and")
    guard case .mapping(let entries) = field.value.content else {
      if case .broken = field.value.content { return defaults }
      if !field.value.isNull {
        report.fault(at: field.value.place, "`collectors` must be a mapping, with the collectors \(choice)")
      }
      return defaults
    }
    for entry in entries where !names.contains(entry.key) {
      guard !report.isFull else { break }
      let nearest = Suggestion.nearest(to: entry.key, among: names).map { "; did you mean `\($0)`?" } ?? ""
      report.fault(
        at: entry.place, "unknown collector: \(provider.kind.rawValue) has \(choice)\(nearest)")
    }
    return defaults.map { collector in
      guard let entry = entries.first(where: { $0.key == collector.name }) else { return collector }
      return self.collector(collector, in: entry.value)
    }
  }

  private mutating func collector(_ defaults: CollectorSettings, in node: YAMLNode) -> CollectorSettings {
    var collector = defaults
    guard let fields = fields(of: node, "`\(defaults.name)`", known: ["enabled", "min_interval"]) else {
      return collector
    }
    if let enabled = boolean(fields["enabled"], "enabled") { collector.enabled = enabled }
    if let interval = duration(fields["min_interval"], "min_interval") { collector.minInterval = interval }
    return collector
  }
}
