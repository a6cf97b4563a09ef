import Foundation

/// How a report is printed.
package enum ReportFormat: String, Sendable, CaseIterable {
  case table, markdown, json
}

extension Report {
  package func text(as format: ReportFormat) throws -> String {
    guard format == .json else {
      return sections.map { $0.text(markdown: format == .markdown) }.joined(separator: "\n")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  private var sections: [TextTable] {
    var sections = [scoreTable, silenceTable, quietTable]
    if scores.contains(where: { !$0.missed.isEmpty }) { sections.append(missedTable) }
    if !settings.isEmpty { sections.append(settingTable) }
    if !failures.isEmpty { sections.append(TextTable(head: ["amiss"], rows: failures.map { [$0] })) }
    return sections
  }

  private var scoreTable: TextTable {
    TextTable(
      head: ["publication", "severity", "detected", "%"] + Spike.Kind.allCases.map(\.rawValue) + [
        "false alarms a week", "spike/burst", "median hours",
      ],
      rows: scores.map { score in
        let kinds = Spike.Kind.allCases.map { kind in
          score.found[kind.rawValue].map { "\($0.detected)/\($0.total)" } ?? "–"
        }
        return [score.publication, score.severity, "\(score.detected)/\(score.total)", score.percent.rounded(to: 1)]
          + kinds + [score.falseAlarms.rounded(to: 2), score.wrongByAlert, score.medianHours?.rounded(to: 1) ?? "–"]
      })
  }

  private var silenceTable: TextTable {
    TextTable(
      head: ["publication", "alarms of silence a week"],
      rows: silences.map { [$0.publication, $0.alarms.rounded(to: 2)] })
  }

  private var quietTable: TextTable {
    TextTable(
      head: ["quiet company", "alarms", "which"],
      rows: quietEvents.map { event in
        let alarms = quietAlarms.filter { $0.event == event }
        let which = alarms.map {
          "\($0.alert) \($0.severity) \($0.publication) \($0.agentID) day \($0.day.rounded(to: 1))"
        }
        return [event, "\(alarms.count)", which.joined(separator: ", ")]
      })
  }

  private var settingTable: TextTable {
    TextTable(
      head: [
        "setting", "publication", "severity", "detected", "%", "false alarms a week", "median hours", "quiet alarms",
      ],
      rows: settings.flatMap { setting in
        setting.scores.map { score in
          [
            setting.setting, score.publication, score.severity, "\(score.detected)/\(score.total)",
            score.percent.rounded(to: 1), score.falseAlarms.rounded(to: 2), score.medianHours?.rounded(to: 1) ?? "–",
            "\(setting.quietAlarms)",
          ]
        }
      })
  }

  private var missedTable: TextTable {
    TextTable(
      head: ["missed", "severity", "agent", "kind", "size", "uses a day", "start"],
      rows: scores.flatMap { score in
        score.missed.map { missed in
          [
            score.publication, score.severity, "\(missed.workspace)/\(missed.agentID)", missed.kind,
            missed.size.rounded(to: 1), missed.volume.rounded(to: 0), missed.weekday,
          ]
        }
      })
  }
}

extension Score {
  /// How many false alarms each of the alerts began.
  fileprivate var wrongByAlert: String {
    let bursts = wrong.count { $0.alert == UsageAlert.burst }
    return "\(wrong.count - bursts)/\(bursts)"
  }
}

/// Rows under a head, for a terminal or as Markdown.
struct TextTable {
  let head: [String]
  let rows: [[String]]

  func text(markdown: Bool) -> String {
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      guard markdown else {
        let text = padded.joined(separator: "  ")
        return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
      }
      return "| \(padded.joined(separator: " | ")) |\n"
    }
    let rule = markdown ? "|\(widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|"))|\n" : ""
    return line(head) + rule + rows.map(line).joined()
  }
}
