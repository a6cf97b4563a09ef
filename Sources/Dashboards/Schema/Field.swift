/// How values are shown: Grafana's names of units.
enum Unit: String, Sendable {
  /// A count with separators between thousands.
  case count = "locale"
  /// A number cut short, as 1.2 K.
  case short
  case seconds = "s"
  /// 0 to 1 as a percentage.
  case share = "percentunit"
  case dollars = "currencyUSD"
  case bytes
  /// Milliseconds since the epoch as "in five minutes".
  case fromNow = "dateTimeFromNow"
  case text = "string"
}

/// The colours of values, each from its limit upwards.
struct Thresholds: Sendable {
  let base: String
  var steps: [(from: Double, color: String)] = []

  /// No value is good or bad: told by a base step alone, in the colour of text.
  static let neutral = Thresholds(base: "text")

  /// The more, the worse.
  static func limits(warning: Double, critical: Double) -> Thresholds {
    Thresholds(base: "green", steps: [(warning, "yellow"), (critical, "red")])
  }

  /// Any is bad.
  static let noneExpected = Thresholds(base: "green", steps: [(1, "red")])

  /// Any is worth a look.
  static let noneUsual = Thresholds(base: "green", steps: [(1, "yellow")])

  var json: JSON {
    let first: JSON = ["color": .string(base), "value": nil]
    let rest: [JSON] = steps.map { ["color": .string($0.color), "value": .number($0.from)] }
    return ["mode": "absolute", "steps": .array([first] + rest)]
  }
}

/// What is shown in the place of single values.
struct Mapping: Sendable {
  let value: String
  let text: String
  let color: String

  static func of(no: (String, String), yes: (String, String)) -> [Mapping] {
    [Mapping(value: "0", text: no.0, color: no.1), Mapping(value: "1", text: yes.0, color: yes.1)]
  }

  static func json(_ mappings: [Mapping]) -> JSON {
    let members = mappings.enumerated().map { index, mapping in
      JSON.Member(
        key: mapping.value,
        value: ["text": .string(mapping.text), "color": .string(mapping.color), "index": .number(Double(index))])
    }
    return [["type": "value", "options": .object(members)]]
  }
}

/// Where a panel, or a value of it, leads.
struct DataLink: Sendable {
  let title: String
  let url: String
  /// For what is not in Grafana: the board stays open.
  var inNewTab = false

  var json: JSON { ["title": .string(title), "url": .string(url), "targetBlank": .bool(inNewTab)] }
}
