/// A column of a table.
struct Column: Sendable {
  let title: String
  let source: Source
  var unit = Unit.count
  var decimals: Int? = 0
  var thresholds: Thresholds?
  var mappings: [Mapping] = []
  var links: [DataLink] = []

  enum Source: Sendable {
    /// A label of the queries.
    case label(String)
    case value(Expression)
    /// A query that gives the rows their labels, and whose value says nothing.
    case rows(Expression)
  }

  fileprivate var expression: Expression? {
    switch source {
    case .label: nil
    case .value(let expression), .rows(let expression): expression
    }
  }

  static func rows(_ expression: Expression) -> Column { Column(title: "", source: .rows(expression)) }

  /// A label; those that data links name keep the label's own name as title.
  static func label(
    _ name: String, _ title: String? = nil, mappings: [Mapping] = [], links: [DataLink] = []
  ) -> Column {
    Column(
      title: title ?? name, source: .label(name), unit: .text, decimals: nil, mappings: mappings, links: links)
  }

  static func value(
    _ title: String, _ expression: Expression, unit: Unit = .count, decimals: Int? = 0,
    thresholds: Thresholds? = nil, mappings: [Mapping] = []
  ) -> Column {
    Column(
      title: title, source: .value(expression), unit: unit, decimals: decimals, thresholds: thresholds,
      mappings: mappings)
  }

  fileprivate var override: Override? {
    if case .rows = source { return nil }
    // An empty cell is not an empty panel, whose words would stand in each.
    var properties: [(id: String, value: JSON)] = [("noValue", "–")]
    if case .value = source {
      properties.append(("unit", .string(unit.rawValue)))
      if let decimals { properties.append(("decimals", .number(Double(decimals)))) }
    }
    if let thresholds { properties.append(("thresholds", thresholds.json)) }
    if !mappings.isEmpty { properties.append(("mappings", Mapping.json(mappings))) }
    if thresholds != nil || !mappings.isEmpty {
      properties.append(("custom.cellOptions", ["type": "color-text"]))
    }
    if !links.isEmpty { properties.append(("links", .array(links.map(\.json)))) }
    return Override(matcher: .name(title), properties: properties)
  }
}

extension Panel {
  /// A table with a row for each combination of labels; the queries are joined over the labels they share.
  ///
  /// - Parameter columns: the first that asks anything answers wherever another one does. Grafana calls the value of a
  ///   query `Value #A` if others answered too, but `Value` if it was the only one, and then nothing tells which.
  static func table(
    _ title: String, _ description: String, _ columns: [Column], sortedBy sorting: String, descending: Bool = true,
    width: Int = 24, height: Int = 9
  ) -> Panel {
    let expressions = columns.compactMap(\.expression)
    var panel = Panel(
      kind: .table, title: title, description: description,
      targets: expressions.map { Target(expression: $0, form: .table) },
      // Labels are text: an id of digits that was shown with separators would also be linked with them.
      unit: .text, decimals: nil,
      custom: ["align": "auto", "filterable": true, "cellOptions": ["type": "auto"]],
      overrides: columns.compactMap(\.override),
      options: [
        "showHeader": true, "cellHeight": "sm",
        "sortBy": [["displayName": .string(sorting), "desc": .bool(descending)]],
        "footer": ["show": false, "reducer": [], "enablePagination": true],
      ], width: width, height: height)
    panel.transformations = [["id": "merge", "options": [:]], organised(columns)]
    return panel
  }

  private static func organised(_ columns: [Column]) -> JSON {
    var hidden = [JSON.Member(key: "Time", value: true)]
    var order: [JSON.Member] = []
    var titles: [JSON.Member] = []
    var queries = 0
    for (position, column) in columns.enumerated() {
      for field in fields(of: column, query: queries) {
        if case .rows = column.source {
          hidden.append(JSON.Member(key: field, value: true))
          continue
        }
        order.append(JSON.Member(key: field, value: .number(Double(position))))
        if field != column.title { titles.append(JSON.Member(key: field, value: .string(column.title))) }
      }
      if column.expression != nil { queries += 1 }
    }
    return [
      "id": "organize",
      "options": [
        "excludeByName": .object(hidden), "indexByName": .object(order), "renameByName": .object(titles),
      ],
    ]
  }

  private static func fields(of column: Column, query: Int) -> [String] {
    if case .label(let name) = column.source { return [name] }
    let field = "Value #" + Target.reference(query)
    return query == 0 ? ["Value", field] : [field]
  }
}
