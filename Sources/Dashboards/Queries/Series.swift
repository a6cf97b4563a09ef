/// Series by name and matchers, with those of the board's variables that they can be matched with.
struct Series: Sendable {
  let name: String
  let matchers: [String]

  private static let exporter = [#"job=~"$job""#, #"instance=~"$instance""#]
  private static let workspace = [#"provider=~"$provider""#, #"workspace=~"$workspace""#]

  /// Series of a workspace, as the exporter writes them.
  static func scraped(_ name: String, _ matchers: String...) -> Series {
    Series(name: name, matchers: exporter + workspace + matchers)
  }

  /// Series of the exporter as a whole, or of its process.
  static func exporter(_ name: String, _ matchers: String...) -> Series {
    Series(name: name, matchers: exporter + matchers)
  }

  /// Series that recording rules make: they are about a workspace, whichever exporter saw it.
  static func recorded(_ name: String, _ matchers: String...) -> Series {
    Series(name: name, matchers: workspace + matchers)
  }

  /// Alerts of this exporter's rules, also those that are not about a workspace.
  static func alerts(_ names: String, _ matchers: String...) -> Series {
    Series(
      name: "ALERTS",
      matchers: [#"alertstate="firing""#, "alertname=~\"\(names)\""]
        + workspace.map { $0.dropLast() + "|\"" } + matchers)
  }

  var value: Expression { Expression("\(name){\(matchers.joined(separator: ", "))}") }

  func increase(over window: Window) -> Expression {
    Expression("increase(\(value.text)\(window.text))")
  }

  /// The last value within a window.
  func last(over window: Window) -> Expression {
    Expression("last_over_time(\(value.text)\(window.text))")
  }

  func atEnd() -> Expression { Expression("\(value.text) @ end()") }
}

/// A span of time that a query looks back over.
struct Window: Sendable {
  var span: String
  var offset: String?
  /// Seen from the end of the board's range, at whatever moment a value is drawn.
  var atEnd = false

  /// The board's range.
  static let range = Window(span: "$__range")
  /// The range as long as the board's before it.
  static let rangeBefore = Window(span: "$__range", offset: "$__range")
  static let rangeAtEnd = Window(span: "$__range", atEnd: true)
  /// Providers publish in steps, some once a day: a day is the shortest span over which all are comparable.
  static let day = Window(span: "1d")
  static let week = Window(span: "7d")
  static let hour = Window(span: "1h")

  fileprivate var text: String {
    "[\(span)]" + (offset.map { " offset \($0)" } ?? "") + (atEnd ? " @ end()" : "")
  }
}
