import Foundation
import Yams

/// The shipped rule files, and what they become for a clock that runs faster than Prometheus'.
struct RuleFiles: Codable, Sendable {
  struct Group: Codable, Sendable {
    var name: String
    var interval: String?
    var rules: [Rule]
  }

  struct Rule: Codable, Sendable {
    var record: String?
    var alert: String?
    var expr: String
    var duration: String?
    var keepFiringFor: String?
    var labels: [String: String]?
    var annotations: [String: String]?

    enum CodingKeys: String, CodingKey {
      case record, alert, expr, labels, annotations
      case duration = "for"
      case keepFiringFor = "keep_firing_for"
    }
  }

  var groups: [Group]

  /// All of `alerts/`.
  static func shipped() throws -> RuleFiles {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let files = try names.filter { $0.hasSuffix(".rules.yml") }.map { name in
      try YAMLDecoder().decode(RuleFiles.self, from: String(contentsOfFile: folder + name, encoding: .utf8))
    }
    return RuleFiles(groups: files.flatMap(\.groups))
  }

  private static var folder: String { Repository.path + "/alerts/" }

  /// As a file for Prometheus: JSON is YAML, but for the slash that may be escaped.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The recording rules in an order in which each reads only what those before it have written, and what it has itself.
  ///
  /// - Throws: if rules read each other in a circle.
  func levels() throws -> [RuleFiles] {
    var waiting = groups.flatMap(\.rules).filter { $0.record != nil }
    var levels: [RuleFiles] = []
    while !waiting.isEmpty {
      let unknown = Set(waiting.compactMap(\.record))
      func isReady(_ rule: Rule) -> Bool {
        unknown.subtracting([rule.record].compactMap(\.self)).isDisjoint(with: rule.recordsRead)
      }
      let ready = waiting.filter(isReady)
      guard !ready.isEmpty else { throw Child.Missing(description: "rules in a circle: \(unknown.sorted())") }
      waiting.removeAll(where: isReady)
      levels.append(RuleFiles(groups: [Group(name: "recorded", interval: nil, rules: ready)]))
    }
    return levels
  }
}

extension RuleFiles.Rule {
  /// What has a colon in its name is recorded.
  var recordsRead: Set<String> {
    Set(expr.matches(of: #/[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z0-9_:]+/#).map { String($0.output) })
  }
}

extension RuleFiles {
  /// All durations divided by `speed`, of ranges and of `for` no less than `floor` seconds: below that a Prometheus that
  /// scrapes and evaluates every second has no two samples.
  func faster(_ speed: Double, floor: Double) -> RuleFiles {
    var files = self
    for group in files.groups.indices {
      files.groups[group].interval = "1s"
      for index in files.groups[group].rules.indices {
        let rule = files.groups[group].rules[index]
        files.groups[group].rules[index].expr = Self.faster(rule.expr, speed, floor)
        files.groups[group].rules[index].duration = rule.duration.map { Self.duration($0, speed, floor: 2) }
        files.groups[group].rules[index].keepFiringFor = rule.keepFiringFor.map { Self.duration($0, speed, floor: 2) }
      }
    }
    return files
  }

  private static func faster(_ expression: String, _ speed: Double, _ floor: Double) -> String {
    expression
      .replacing(#/\[(\w+)\]/#) { "[\(duration(String($0.1), speed, floor: floor))]" }
      .replacing(#/\[(\w+):(\w+)\]/#) {
        "[\(duration(String($0.1), speed, floor: floor)):\(duration(String($0.2), speed, floor: 1))]"
      }
      .replacing(#/offset (\w+)/#) { "offset \(duration(String($0.1), speed, floor: 0))" }
  }

  private static func duration(_ text: String, _ speed: Double, floor: Double) -> String {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    let seconds = text.matches(of: #/(\d+)([smhdw])/#).reduce(0.0) { sum, match in
      sum + (Double(match.1) ?? 0) * (units[match.2.first ?? "s"] ?? 1)
    }
    return "\(Int((max(seconds / speed, floor) * 1000).rounded()))ms"
  }
}
