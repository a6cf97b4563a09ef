import Foundation
import Yams

/// A rule as Prometheus reads it from a file.
package struct Rule: Sendable, Hashable, Codable {
  package var record: String?
  package var alert: String?
  package var expr: String
  package var hold: String?
  package var keepFiringFor: String?
  package var labels: [String: String]?

  enum CodingKeys: String, CodingKey {
    case record, alert, expr
    case hold = "for"
    case keepFiringFor = "keep_firing_for"
    case labels
  }

  package init(
    record: String? = nil, alert: String? = nil, expr: String, hold: String? = nil, keepFiringFor: String? = nil,
    labels: [String: String]? = nil
  ) {
    self.record = record
    self.alert = alert
    self.expr = expr
    self.hold = hold
    self.keepFiringFor = keepFiringFor
    self.labels = labels
  }
}

/// A file of rules.
struct RuleFile: Codable {
  struct Group: Codable {
    var name: String
    var interval: String?
    var rules: [Rule]
  }

  var groups: [Group]

  /// All rules of the `*.rules.yml` in a folder.
  ///
  /// - Throws: ``EvaluationError`` naming the file that is no rule file.
  static func rules(in folder: String) throws -> [Rule] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".rules.yml") }.sorted()
    guard !files.isEmpty else {
      throw EvaluationError("no *.rules.yml in \(folder): give the folder of the rules with --rules")
    }
    return try files.flatMap { name -> [Rule] in
      do {
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        return try YAMLDecoder().decode(RuleFile.self, from: text).groups.flatMap(\.rules)
      } catch {
        throw EvaluationError("\(folder)/\(name) is no rule file: \(error)")
      }
    }
  }
}
