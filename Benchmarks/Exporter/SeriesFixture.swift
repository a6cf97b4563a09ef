import Exposition
import Foundation
import Publication
import Usage

/// Series of a file: a line for each agent with its labels and the values of six families, tabs between them.
struct SeriesFixture: Sendable {
  static let families = [
    Family("agent_usage_messages_total", .counter, help: "Messages handled by the agent."),
    Family("agent_usage_prompt_tokens_total", .counter, help: "Prompt tokens consumed by the agent."),
    Family("agent_usage_completion_tokens_total", .counter, help: "Completion tokens produced by the agent."),
    Family("agent_usage_credits_total", .counter, help: "Credits charged for the agent."),
    Family("agent_usage_active_users", .gauge, help: "Distinct users of the agent in the window."),
    Family(
      "agent_usage_last_activity_timestamp_seconds", .gauge, help: "Unix time of the last message.", unit: "seconds"),
  ]

  /// The series of one family in one workspace, in blocks as the publication keeps them.
  private struct Block: Sendable {
    let family: Int
    let workspace: WorkspaceID
    let lines: LineBlock
    var values: [SampleValue]
  }

  private var blocks: [Block] = []

  init(path: String) throws {
    var labels: [WorkspaceID: [[LabelSet]]] = [:]
    var values: [WorkspaceID: [[SampleValue]]] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 10, let provider = ProviderKind(rawValue: fields[0]) ?? ProviderKind.allCases.first else {
        throw FixtureError.line(String(line))
      }
      let workspace = WorkspaceID(provider, fields[0] + "/" + fields[1])
      let set = LabelSet([
        Label("agent_id", fields[2]), Label("agent_name", Self.unescaped(fields[3])), Label("provider", fields[0]),
        Label("workspace", fields[1]),
      ])
      for (index, text) in fields[4...].enumerated() where !text.isEmpty {
        labels[workspace, default: Array(repeating: [], count: 6)][index].append(set)
        values[workspace, default: Array(repeating: [], count: 6)][index].append(try Self.value(text))
      }
    }
    for (workspace, sets) in labels.sorted(by: { $0.key.name < $1.key.name }) {
      var cut: [[LineBlock]] = []
      for family in Self.families.indices {
        cut.append(
          LineBlock.blocks(named: Self.families[family].name, count: sets[family].count, sharing: cut) {
            Array(sets[family][$0])
          })
        var rest = (values[workspace]?[family] ?? [])[...]
        for lines in cut[family] {
          let values = Array(rest.prefix(lines.count))
          blocks.append(Block(family: family, workspace: workspace, lines: lines, values: values))
          rest = rest.dropFirst(lines.count)
        }
      }
    }
  }

  /// Another value for every counter.
  mutating func grow() {
    for index in blocks.indices where Self.families[blocks[index].family].kind == .counter {
      for place in blocks[index].values.indices {
        switch blocks[index].values[place] {
        case .integer(let value): blocks[index].values[place] = .integer(value + 1 + Int64(place % 7))
        case .micros(let value): blocks[index].values[place] = .micros(value + 1_250_000)
        case .real(let value): blocks[index].values[place] = .real(value + 1)
        }
      }
    }
  }

  /// Renders all series, as the collections of their workspaces would.
  func publish(to publisher: Publisher) {
    var units: [Publisher.UnitKey: Publisher.Unit] = [:]
    for block in blocks {
      let key = Publisher.UnitKey(workspace: block.workspace, collector: "agents")
      units[key, default: [:]][Self.families[block.family].name, default: []].append(
        block.lines.piece(block.values))
    }
    publisher.publish(units)
  }

  private static func value(_ text: String) throws -> SampleValue {
    if let whole = Int64(text) { return .integer(whole) }
    guard let decimal = Decimal(string: text), let micros = Int64("\(decimal * 1_000_000)") else {
      throw FixtureError.line(text)
    }
    return .micros(micros)
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("\\\\", with: "\u{0}").replacing("\\n", with: "\n").replacing("\\t", with: "\t")
      .replacing("\u{0}", with: "\\")
  }
}

enum FixtureError: Error, CustomStringConvertible {
  case line(String)

  var description: String {
    switch self {
    case .line(let text): "this is no line of a fixture: \(text)"
    }
  }
}
