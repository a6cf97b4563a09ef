/// One query of a panel.
struct Target: Sendable {
  let expression: Expression
  var legend = ""
  let form: Form
  /// Drawn dashed: a limit or a forecast rather than something that happened.
  var dashed = false

  enum Form: Sendable {
    /// The value at the end of the range.
    case instant
    /// The same as rows, a column for each label.
    case table
    /// Values over the range; `step` is the least distance of two, as `1d`.
    case range(step: String?)
  }

  /// A day's bar for each day of the range.
  static func daily(_ expression: Expression, _ legend: String) -> Target {
    Target(expression: expression, legend: legend, form: .range(step: "1d"))
  }

  static func range(
    _ expression: Expression, _ legend: String, step: String? = nil, dashed: Bool = false
  ) -> Target {
    Target(expression: expression, legend: legend, form: .range(step: step), dashed: dashed)
  }

  static func instant(_ expression: Expression, _ legend: String = "") -> Target {
    Target(expression: expression, legend: legend, form: .instant)
  }

  func json(_ reference: String) -> JSON {
    let json: JSON = [
      "refId": .string(reference),
      "datasource": DataSource.json,
      "editorMode": "code",
      "expr": .string(expression.text),
      "legendFormat": .string(legend),
    ]
    return json.adding(form.json)
  }

  /// `A` to `Z`, as Grafana numbers queries.
  static func reference(_ index: Int) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26))))
  }
}

extension Target.Form {
  fileprivate var json: JSON {
    switch self {
    case .instant: ["format": "time_series", "instant": true, "range": false]
    case .table: ["format": "table", "instant": true, "range": false]
    case .range(let step):
      (["format": "time_series", "instant": false, "range": true] as JSON)
        .adding(step.map { ["interval": .string($0)] } ?? [:])
    }
  }
}
