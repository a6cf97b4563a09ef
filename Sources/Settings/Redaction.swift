import Foundation
import Usage

extension Settings {
  /// The running configuration with every default filled in and every secret as `<secret>`: for people to read.
  ///
  /// It is YAML that ``SettingsLoader`` takes, so that what it shows is what would be configured.
  package func redactedYAML() -> String {
    guard !workspaces.isEmpty else { return "workspaces: []\n" }
    return "workspaces:\n" + workspaces.map { $0.redactedLines.joined(separator: "\n") + "\n" }.joined()
  }
}

extension WorkspaceSettings {
  fileprivate var redactedLines: [String] {
    var lines = ["name: \(Redaction.quoted(id.name))", "provider: \(id.provider.rawValue)"]
    switch secret {
    case .literal: lines.append("api_key: <secret>")
    case .file(let path): lines.append("api_key_file: \(Redaction.quoted(path))")
    }
    if let remoteWorkspace { lines.append("workspace_id: \(Redaction.quoted(remoteWorkspace))") }
    lines += [
      "base_url: \(Redaction.quoted(baseURL))",
      "requests_per_minute: \(requestsPerMinute)",
      "timezone: \(calendar.name)",
      "periods: [\(periods.map(\.rawValue).joined(separator: ", "))]",
      "active_user_windows: [\(activeUserWindows.map(\.description).joined(separator: ", "))]",
      "restate_days: \(restateDays)",
      "restate_interval: \(DurationSyntax.format(restateInterval))",
      "zero_hold: \(DurationSyntax.format(zeroHold))",
      "max_agents: \(maxAgents)",
      "max_staleness: \(DurationSyntax.format(maxStaleness))",
    ]
    if let caFile { lines.append("ca_file: \(Redaction.quoted(caFile))") }
    if id.provider == .agentphone { lines.append("expose_phone_numbers: \(exposePhoneNumbers)") }
    lines.append(collectors.isEmpty ? "collectors: {}" : "collectors:")
    for collector in collectors {
      let interval = DurationSyntax.format(collector.minInterval)
      lines.append("  \(collector.name): { enabled: \(collector.enabled), min_interval: \(interval) }")
    }
    lines += redactedBudgets
    return lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
  }

  private var redactedBudgets: [String] {
    guard !budgets.isEmpty else { return ["budgets: {}"] }
    return ["budgets:"]
      + CalendarPeriod.allCases.compactMap { period in
        let amounts = budgets.filter { $0.period == period }.map {
          "\($0.measure.rawValue): \(DecimalAmount.format($0.amount, $0.measure.scale))"
        }
        return amounts.isEmpty ? nil : "  \(period.rawValue): { \(amounts.joined(separator: ", ")) }"
      }
  }
}

private enum Redaction {
  /// A double-quoted scalar that reads back as `text`: with `$` doubled, so that nothing is taken for a variable.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "$": result += "$$"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
