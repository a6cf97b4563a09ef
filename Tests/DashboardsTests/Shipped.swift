import Dashboards
import Foundation
import Testing

/// A board as Grafana reads it.
struct Shipped: Decodable {
  let uid: String
  let title: String
  let tags: [String]
  let time: Time
  let templating: Templating
  let panels: [Panel]

  struct Time: Decodable {
    let from: String
  }

  struct Templating: Decodable {
    let list: [Variable]
  }

  struct Variable: Decodable {
    let name: String
    let multi: Bool
    let regex: String?
  }

  struct Panel: Decodable {
    let type: String
    let title: String
    let targets: [Target]?
    let links: [Link]?
    let fieldConfig: FieldConfig?
    let transformations: [Transformation]?
  }

  struct Target: Decodable {
    let expr: String
  }

  struct FieldConfig: Decodable {
    let overrides: [Override]
  }

  struct Override: Decodable {
    let matcher: Matcher
    let properties: [Property]
  }

  struct Matcher: Decodable {
    let options: String
  }

  /// A property whose value is a list of links, or another one.
  struct Property: Decodable {
    let id: String
    let links: [Link]

    enum CodingKeys: String, CodingKey {
      case id, value
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(String.self, forKey: .id)
      links = id == "links" ? try container.decode([Link].self, forKey: .value) : []
    }
  }

  struct Link: Decodable {
    let url: String
  }

  struct Transformation: Decodable {
    let id: String
    let options: Options
  }

  struct Options: Decodable {
    let excludeByName: [String: Bool]?
    let indexByName: [String: Int]?
    let renameByName: [String: String]?
  }

  static let names = ["overview", "agent", "spend", "adoption", "health"]

  static func board(_ name: String) throws -> Shipped {
    let file = try #require(DashboardFiles.all.first { $0.path == "agentusage-\(name).json" })
    return try JSONDecoder().decode(Shipped.self, from: Data(file.contents.utf8))
  }
}
