/// A dashboard in Grafana's classic schema, version 39.
///
/// What versions 40 to 42 changed is kept as well, so that the same file is read by every Grafana from 9 on: `refresh` is a
/// string, `timepicker` has no `time_options`, and nothing is hidden from the visualisation alone.
struct Dashboard: Sendable {
  let uid: String
  let title: String
  let description: String
  var from = "now-14d"
  let variables: [Variable]
  var annotations: [Annotation] = []
  let rows: [Row]

  /// The tag by which the boards find each other.
  static let tag = "ai-agents"

  var json: JSON {
    [
      "uid": .string(uid),
      "title": .string(title),
      "description": .string(description),
      "tags": [.string(Dashboard.tag)],
      "schemaVersion": 39,
      "version": 1,
      "editable": false,
      "graphTooltip": 1,
      "refresh": "5m",
      "timezone": "browser",
      "weekStart": "",
      "time": ["from": .string(from), "to": "now"],
      "timepicker": [:],
      "links": [Dashboard.links],
      "annotations": ["list": .array([Annotation.builtIn] + annotations.map(\.json))],
      "templating": ["list": .array(variables.map(\.json))],
      "panels": .array(Grid.placed(rows)),
    ]
  }

  private static let links: JSON = [
    "type": "dashboards",
    "title": "AI agents",
    "icon": "external link",
    "tooltip": "The other boards, with the same selection and time range",
    "tags": [.string(tag)],
    "asDropdown": true,
    "targetBlank": false,
    "includeVars": true,
    "keepTime": true,
  ]
}

/// The data source that every query names: the one chosen on the board.
enum DataSource {
  static let json: JSON = ["type": "prometheus", "uid": "${datasource}"]
}
