package import Foundation

/// A dashboard as Grafana reads it from its file.
package struct Board: Decodable, Sendable {
  package let uid: String
  package let title: String
  package let time: Range
  package let panels: [Panel]
  private let templating: Listed<Variable>
  private let annotations: Listed<Annotation>

  package var variables: [Variable] { templating.list }

  /// Those that are made of queries.
  package var queriedAnnotations: [Annotation] { annotations.list.filter { $0.expr != nil } }

  /// - Throws: `DecodingError` if it is no dashboard.
  package static func read(_ json: Data) throws -> Board { try JSONDecoder().decode(Board.self, from: json) }

  package struct Range: Decodable, Sendable {
    package let from: String
    package let to: String
  }

  private struct Listed<Element: Decodable & Sendable>: Decodable, Sendable {
    let list: [Element]
  }

  package struct Annotation: Decodable, Sendable {
    package let name: String
    package let expr: String?
    package let step: String?
  }

  package struct Variable: Decodable, Sendable {
    package let name: String
    package let label: String?
    package let type: String
    package let query: String
    package let regex: String?
    package let multi: Bool
    package let includeAll: Bool
    package let allValue: String?
  }

  package struct Panel: Decodable, Sendable {
    package let type: String
    package let title: String
    package let gridPos: Place
    package let targets: [Target]?
    /// Of the panel, called "Min interval".
    package let interval: String?
    package let maxDataPoints: Double?
    package let fieldConfig: JSON?
    package let options: JSON?
    package let transformations: [JSON]?
  }

  /// In columns and rows of the grid.
  package struct Place: Decodable, Sendable {
    package let x: Int
    package let y: Int
    package let w: Int
    package let h: Int
  }

  package struct Target: Decodable, Sendable {
    package let refId: String
    package let expr: String
    package let legendFormat: String?
    package let instant: Bool?
    package let range: Bool?
    /// Called "Min step".
    package let interval: String?
    package let hide: Bool?

    /// One value for each series, that of the range's end.
    package var isInstant: Bool { instant == true && range != true }
  }
}
