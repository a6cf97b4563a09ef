import Dashboards

/// How a field is shown: the panel's defaults, with what the overrides for the field put in their place.
struct FieldSettings {
  private let defaults: JSON
  private let overridden: [String: JSON]
  private let now: Double

  /// - Parameters:
  ///   - name: that the field is shown with.
  ///   - reference: of the query that gave it.
  ///   - now: seconds since 1970.
  init(_ panel: Board.Panel, name: String?, reference: String?, now: Double) {
    defaults = panel.fieldConfig?["defaults"] ?? .null
    self.now = now
    var overridden: [String: JSON] = [:]
    for override in panel.fieldConfig?["overrides"].elements ?? [] {
      let wanted = override["matcher"]["id"].string == "byFrameRefID" ? reference : name
      guard let wanted, override["matcher"]["options"].string == wanted else { continue }
      for property in override["properties"].elements {
        overridden[property["id"].string ?? ""] = property["value"]
      }
    }
    self.overridden = overridden
  }

  subscript(key: String) -> JSON {
    if let value = overridden[key] { return value }
    return key.split(separator: ".").reduce(defaults) { $0[String($1)] }
  }

  var noValue: String { self["noValue"].string ?? "No data" }

  var unit: String { self["unit"].string ?? "none" }

  func format() throws(ExecutionFault) -> ValueText {
    try ValueText(unit: unit, decimals: self["decimals"].number.map { Int($0) }, now: now)
  }

  /// What stands for a value, by the mappings or else the unit, and its colour.
  func shown(_ value: Double) throws(ExecutionFault) -> (text: String, color: String) {
    let text = try format()(value)
    for mapping in self["mappings"].elements {
      guard mapping["type"].string == "value" else { throw ExecutionFault("only mappings of values are supported") }
      let key = value == value.rounded() ? "\(Int(value))" : "\(value)"
      let match = mapping["options"][key]
      guard let words = match["text"].string else { continue }
      return (words, Palette.color(match["color"].string ?? "text"))
    }
    return (text, color(of: value))
  }

  /// Nil if the cell's text is in no colour of its own.
  var colorsText: Bool { self["custom.cellOptions"]["type"].string == "color-text" }

  private func color(of value: Double) -> String {
    let steps = self["thresholds"]["steps"].elements
    let reached = steps.last { $0["value"].number.map { $0 <= value } ?? true }
    return Palette.color(reached?["color"].string ?? "text")
  }
}
