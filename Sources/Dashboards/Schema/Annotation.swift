/// Marks on every time series of a board, from a query whose samples are events.
struct Annotation: Sendable {
  let name: String
  let expression: Expression
  /// What the mark says, with labels as `{{label}}`.
  let text: String
  /// The labels shown as tags.
  let tags: [String]

  var json: JSON {
    [
      "name": .string(name),
      "datasource": DataSource.json,
      "enable": true,
      "hide": false,
      "iconColor": "red",
      "expr": .string(expression.text),
      "step": "5m",
      "titleFormat": "{{alertname}}",
      "textFormat": .string(text),
      "tagKeys": .string(tags.joined(separator: ",")),
    ]
  }

  /// The annotations that people write into Grafana itself.
  static let builtIn: JSON = [
    "name": "Annotations & Alerts",
    "builtIn": 1,
    "type": "dashboard",
    "datasource": ["type": "grafana", "uid": "-- Grafana --"],
    "enable": true,
    "hide": true,
    "iconColor": "rgba(0, 211, 255, 1)",
  ]
}
