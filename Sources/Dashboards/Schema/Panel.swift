/// One panel: what it asks, and how it shows the answer.
struct Panel: Sendable {
  enum Kind: String, Sendable {
    case stat
    case barGauge = "bargauge"
    case timeSeries = "timeseries"
    case table
  }

  let kind: Kind
  let title: String
  let description: String
  let targets: [Target]
  var unit = Unit.count
  var decimals: Int? = 0
  /// Where an axis or a bar begins and ends; nil for Grafana's choice, which for bars is the least and the greatest value.
  var minimum: Double?
  var maximum: Double?
  var thresholds = Thresholds.neutral
  var mappings: [Mapping] = []
  /// Where its values lead.
  var links: [DataLink] = []
  /// Where it leads as a whole, in its head; its row's if there are none.
  var leads: [DataLink] = []
  /// Why no data may be as it should be; it is what an empty panel says.
  var emptyReason: String?
  var custom: JSON?
  var overrides: [Override] = []
  var transformations: [JSON] = []
  let options: JSON
  /// In the 24 columns of Grafana's grid.
  var width: Int
  /// In rows of 30 pixels and their gaps.
  var height: Int

  /// - Parameter leads: of its row.
  func json(id: Int, x: Int, y: Int, leads rowLeads: [DataLink]) -> JSON {
    let json: JSON = [
      "id": .number(Double(id)),
      "type": .string(kind.rawValue),
      "title": .string(title),
      "description": .string(description),
      "datasource": DataSource.json,
      "gridPos": Grid.position(x: x, y: y, width: width, height: height),
      "links": .array((leads.isEmpty ? rowLeads : leads).map(\.json)),
      "targets": .array(targets.enumerated().map { $1.json(Target.reference($0)) }),
      "fieldConfig": ["defaults": defaults, "overrides": .array((dashes + overrides).map(\.json))],
      "options": options,
    ]
    return transformations.isEmpty ? json : json.adding(["transformations": .array(transformations)])
  }

  private var defaults: JSON {
    var json: JSON = [
      "unit": .string(unit.rawValue),
      "color": ["mode": .string(kind == .timeSeries ? "palette-classic" : "thresholds")],
      "thresholds": thresholds.json,
    ]
    if let decimals { json = json.adding(["decimals": .number(Double(decimals))]) }
    if let minimum { json = json.adding(["min": .number(minimum)]) }
    if let maximum { json = json.adding(["max": .number(maximum)]) }
    if !mappings.isEmpty { json = json.adding(["mappings": Mapping.json(mappings)]) }
    if !links.isEmpty { json = json.adding(["links": .array(links.map(\.json))]) }
    json = json.adding(["noValue": .string(emptyReason ?? "not reported")])
    return custom.map { json.adding(["custom": $0]) } ?? json
  }

  private var dashes: [Override] {
    targets.enumerated().filter { $1.dashed }.map { index, _ in
      Override(
        matcher: .query(Target.reference(index)),
        properties: [
          ("custom.lineStyle", ["fill": "dash", "dash": [10, 10]]), ("custom.fillOpacity", 0),
          ("custom.lineWidth", 1),
        ])
    }
  }
}

/// Settings of some fields of a panel only.
struct Override: Sendable {
  enum Matcher: Sendable {
    /// A field by the name it is shown with.
    case name(String)
    /// All fields of a query.
    case query(String)
  }

  let matcher: Matcher
  let properties: [(id: String, value: JSON)]

  var json: JSON {
    let matcher: JSON =
      switch matcher {
      case .name(let name): ["id": "byName", "options": .string(name)]
      case .query(let reference): ["id": "byFrameRefID", "options": .string(reference)]
      }
    return ["matcher": matcher, "properties": .array(properties.map { ["id": .string($0.id), "value": $0.value] })]
  }
}
