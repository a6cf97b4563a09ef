/// What is chosen in a variable's list.
package enum Choice: Sendable, Equatable {
  case all
  case values([String])
}

/// Puts what is chosen in the place of variables, as Grafana's Prometheus data source does.
package struct Interpolation: Sendable {
  /// A variable whose value is known.
  package struct Entry: Sendable {
    let variable: Board.Variable
    let options: [VariableOption]
    package let choice: Choice

    package var name: String { variable.name }

    package init(_ variable: Board.Variable, options: [VariableOption], choice: Choice) {
      self.variable = variable
      self.options = options
      self.choice = choice
    }
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package mutating func add(_ entry: Entry) { entries.append(entry) }

  package func callAsFunction(_ text: String) -> String {
    var rest = text[...]
    var result = ""
    while let match = rest.firstMatch(of: /\$(?:(\w+)|\{(\w+)\})/) {
      let name = match.1 ?? match.2 ?? ""
      result += rest[..<match.range.lowerBound]
      result += entries.first { $0.name == name }?.text ?? String(match.0)
      rest = rest[match.range.upperBound...]
    }
    return result + rest
  }
}

extension Interpolation.Entry {
  /// As it stands in a query, between the quotation marks of a matcher.
  var text: String {
    switch choice {
    case .all: variable.allValue ?? Self.alternatives(options.map(\.value))
    case .values(let values):
      variable.multi || variable.includeAll ? Self.alternatives(values) : Self.plain(values.first ?? "")
    }
  }

  /// As it stands in the list.
  package var shown: String {
    guard case .values(let values) = choice else { return "All" }
    return values.map { value in options.first { $0.value == value }?.text ?? value }.joined(separator: " + ")
  }

  private static func alternatives(_ values: [String]) -> String {
    let escaped = values.map(pattern)
    return escaped.count == 1 ? escaped[0] : "(" + escaped.joined(separator: "|") + ")"
  }

  /// Escaped twice: for the regular expression, and for the string that it stands in.
  private static func pattern(_ value: String) -> String {
    value.map { character in
      if character == "\\" { return #"\\\\"# }
      return "$^*{}[]'+?.()|".contains(character) ? #"\\"# + String(character) : String(character)
    }.joined()
  }

  private static func plain(_ value: String) -> String {
    value.replacing("\\", with: #"\\"#).replacing("'", with: #"\\'"#)
  }
}
