/// A drop-down list at the top of a board.
struct Variable: Sendable {
  let name: String
  let label: String
  let source: Source
  /// Whether several values, or all, may be chosen; then it is matched with `=~`.
  var multiple = false

  enum Source: Sendable {
    /// The Prometheus data sources of the Grafana.
    case dataSources
    /// What a query of the data source answers; `regex` takes `text` and `value` out of each line of it.
    case query(String, regex: String = "")
    /// Fixed values, the first chosen.
    case values([String])
  }

  /// "All" is `.+`, which also keeps series that lack the label out.
  static let all = ".+"

  var json: JSON {
    switch source {
    case .dataSources: base("datasource", query: "prometheus", refresh: 1, current: [:])
    case .query(let query, let regex): queried(query, regex)
    case .values(let values): listed(values)
    }
  }

  private func queried(_ query: String, _ regex: String) -> JSON {
    let all: JSON = ["text": ["All"], "value": ["$__all"]]
    let json = base("query", query: query, refresh: 2, current: multiple ? all : [:])
      .adding(["datasource": DataSource.json, "definition": .string(query), "regex": .string(regex), "sort": 1])
    return multiple ? json.adding(["allValue": .string(Variable.all)]) : json
  }

  private func listed(_ values: [String]) -> JSON {
    let options = values.enumerated().map { index, value in
      JSON.option(value).adding(["selected": .bool(index == 0)])
    }
    let current = values.first.map { JSON.option($0) } ?? [:]
    return base("custom", query: values.joined(separator: ","), refresh: nil, current: current, options)
  }

  private func base(
    _ type: JSON, query: String, refresh: JSON?, current: JSON, _ options: [JSON] = []
  ) -> JSON {
    let json: JSON = [
      "type": type,
      "name": .string(name),
      "label": .string(label),
      "query": .string(query),
      "hide": 0,
      "multi": .bool(multiple),
      "includeAll": .bool(multiple),
      "current": current,
      "options": .array(options),
    ]
    return refresh.map { json.adding(["refresh": $0]) } ?? json
  }
}

extension JSON {
  fileprivate static func option(_ value: String) -> JSON { ["text": .string(value), "value": .string(value)] }
}
