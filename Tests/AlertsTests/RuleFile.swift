import Foundation
import Yams

/// A file of Prometheus rules, as far as ours go.
struct RuleFile: Codable, Sendable {
  struct Group: Codable, Sendable {
    let name: String
    /// How often its rules are evaluated, if not as often as all others.
    var interval: String?
    let rules: [Rule]
  }

  let groups: [Group]

  var rules: [Rule] { groups.flatMap(\.rules) }

  init(groups: [Group]) {
    self.groups = groups
  }

  /// Reads one of the files in `alerts/`.
  ///
  /// - Throws: if it is not there, or not such a file.
  init(named name: String) throws {
    self = try YAMLDecoder().decode(RuleFile.self, from: Checkout.text("alerts/" + name))
  }
}

/// A recorded series or an alert.
struct Rule: Codable, Sendable {
  var record: String?
  var alert: String?
  var expr: String
  var hold: String?
  var keepFiring: String?
  var labels: [String: String]?
  var annotations: [String: String]?

  enum CodingKeys: String, CodingKey {
    case record, alert, expr, labels, annotations
    case hold = "for"
    case keepFiring = "keep_firing_for"
  }

  var name: String { alert ?? record ?? "" }

  var isAlert: Bool { alert != nil }
}
