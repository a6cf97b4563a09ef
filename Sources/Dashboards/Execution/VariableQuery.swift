import Foundation

/// An entry of a variable's list.
package struct VariableOption: Sendable, Equatable {
  package let text: String
  package let value: String

  package init(text: String, value: String) {
    self.text = text
    self.value = value
  }
}

/// What a query variable asks the data source.
package enum VariableQuery: Sendable, Equatable {
  /// The values that a label has within the range, of the series that match.
  case labelValues(label: String, selector: String?)
  /// A line of text for each series of an instant query.
  case queryResult(String)

  /// - Throws: ``ExecutionFault`` if it is neither.
  package init(_ text: String) throws(ExecutionFault) {
    if let match = text.wholeMatch(of: /label_values\((?:(.+),\s*)?([a-zA-Z_]\w*)\)\s*/) {
      self = .labelValues(label: String(match.2), selector: match.1.map(String.init))
    } else if let match = text.wholeMatch(of: /query_result\((.+)\)\s*/) {
      self = .queryResult(String(match.1))
    } else {
      throw ExecutionFault("the variable query \(text) is neither label_values(…) nor query_result(…)")
    }
  }
}

extension VariableOption {
  /// The options that lines of an answer are, sorted by what is shown, each value once.
  ///
  /// - Parameter regex: takes `text` and `value` out of each line by groups of these names, or both by its first group;
  ///   a line that it is not found in is left out. Nil or empty for the whole line.
  /// - Throws: ``ExecutionFault`` if it is no regular expression.
  package static func options(of lines: [String], regex: String?) throws(ExecutionFault) -> [VariableOption] {
    let pattern = try regex.flatMap { text throws(ExecutionFault) in text.isEmpty ? nil : try Self.pattern(text) }
    var seen: Set<String> = []
    let options = lines.compactMap { line in
      pattern.map { Self.option(in: line, $0) } ?? VariableOption(text: line, value: line)
    }
    return options.filter { seen.insert($0.value).inserted }
      .sorted { ($0.text.lowercased(), $0.value) < ($1.text.lowercased(), $1.value) }
  }

  /// Written between slashes, with flags.
  private static func pattern(_ text: String) throws(ExecutionFault) -> NSRegularExpression {
    let bare = text.wholeMatch(of: /\/(.*)\/[a-z]*/).map { String($0.1) } ?? text
    do {
      return try NSRegularExpression(pattern: bare)
    } catch {
      throw ExecutionFault("the variable's regex \(text) is no regular expression")
    }
  }

  private static func option(in line: String, _ pattern: NSRegularExpression) -> VariableOption? {
    let matches = pattern.matches(in: line, range: NSRange(line.startIndex..., in: line))
    guard let first = matches.first else { return nil }
    func text(_ range: NSRange) -> String? { Range(range, in: line).map { String(line[$0]) } }
    func group(_ name: String) -> String? { matches.lazy.compactMap { text($0.range(withName: name)) }.first }
    let (shown, value) = (group("text"), group("value"))
    if let either = value ?? shown { return VariableOption(text: shown ?? either, value: value ?? either) }
    let whole = first.numberOfRanges > 1 ? text(first.range(at: 1)) : text(first.range)
    return whole.map { VariableOption(text: $0, value: $0) }
  }
}
