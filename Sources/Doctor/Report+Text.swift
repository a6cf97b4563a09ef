import Foundation
import Usage

extension Report {
  /// Where the settings that are named are to be found.
  package enum Origin: Sendable {
    case file
    case environment
  }

  /// For people: a table for each workspace, then what is not well in words.
  package func text(_ style: TextStyle = .plain, origin: Origin = .file) -> String {
    var lines: [String] = []
    for workspace in workspaces { lines += workspace.table(style) + [""] }
    lines += [clockLine, ""]
    for workspace in workspaces { lines += workspace.explanations(style, origin) }
    if let message = clock.message {
      lines += explanation("clock", clock.verdict, message, settings: [], style)
    }
    return (lines + [summary]).joined(separator: "\n")
  }

  private var clockLine: String {
    guard let skew = clock.skew else { return "clock: not compared, as no answer had a date" }
    let answers = clock.answers == 1 ? "1 answer" : "\(clock.answers) answers"
    if clock.verdict == .ok { return "clock: right, by the dates of \(answers)" }
    return "clock: \(ClockCheck.words(abs(skew))) \(skew > 0 ? "ahead" : "behind"), by the dates of \(answers)"
  }

  private var summary: String {
    func counted(_ severity: Severity, _ word: String) -> String? {
      let number = count(severity)
      return number == 0 ? nil : "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    let parts = [counted(.error, "error"), counted(.warning, "warning")].compactMap(\.self)
    return parts.isEmpty ? "all is well" : parts.joined(separator: ", ")
  }
}

extension WorkspaceReport {
  fileprivate func table(_ style: TextStyle) -> [String] {
    var table = TextTable(
      ["  COLLECTOR", "VERDICT", "ROWS", "REQUESTS", "TOOK", "NEWEST USAGE"], right: [2, 3, 4])
    for collector in collectors {
      table.add([
        .init(text: "  " + collector.collector),
        .init(text: collector.verdict.rawValue, severity: collector.verdict.severity),
        .init(text: collector.answeredAt == nil ? "-" : "\(collector.rows)"), .init(text: "\(collector.requests)"),
        .init(text: collector.requests == 0 ? "-" : seconds(collector.seconds)),
        .init(text: collector.newestUsage?.text ?? "-"),
      ])
    }
    return ["\(id): \(pace)"] + table.lines(style) + sightings
  }

  /// What the key may see, as far as there is usage of it to be seen.
  private var sightings: [String] {
    let parts = Scope.allCases.compactMap { scope in seen[scope].flatMap(scope.counted) }
    return parts.isEmpty ? [] : ["  seen with this key: " + parts.joined(separator: ", ")]
  }

  private var pace: String {
    let own = "about \(requestsPerDay) requests a day"
    guard let limit = knownLimitPerMinute else { return own + "; no limit of the provider's is known" }
    return own + " of the \(limit * 1440) (\(limit) a minute) that the provider is known to let through"
  }

  private func seconds(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)s"
  }

  fileprivate func explanations(_ style: TextStyle, _ origin: Report.Origin) -> [String] {
    func settings(_ verdict: Verdict) -> [String] {
      let settings = Remedy.of(verdict).settings
      return origin == .file ? settings : Remedy.inEnvironment(settings, of: id.provider)
    }
    var lines: [String] = []
    // Who was not asked is said by the table, and why by whom it was left at.
    for collector in collectors where collector.verdict != .notAsked {
      guard let message = collector.message else { continue }
      lines += explanation(
        "\(id) \(collector.collector)", collector.verdict, message, retryAt: collector.retryAt,
        settings: settings(collector.verdict), style)
    }
    for finding in findings {
      lines += explanation("\(id)", finding.verdict, finding.message, settings: settings(finding.verdict), style)
    }
    return lines
  }
}

private func explanation(
  _ place: String, _ verdict: Verdict, _ message: String, retryAt: Date? = nil, settings: [String], _ style: TextStyle
) -> [String] {
  var lines = ["\(place): \(style.paint(verdict.rawValue, verdict.severity))", "  \(message)"]
  if let advice = Remedy.of(verdict).advice { lines.append("  what to do: \(advice)") }
  if let retryAt { lines.append("  not before: \(retryAt.formatted(.iso8601))") }
  if !settings.isEmpty { lines.append("  look at: \(settings.joined(separator: ", "))") }
  return lines + [""]
}
