/// Cuts an expression into the words that tell what it reads; operators and comments are skipped.
struct PromQLScanner {
  enum Token: Hashable {
    case metric(String)
    /// What is between braces.
    case selector(String)
    /// What is between brackets.
    case range(String)
    case number(String)
    case keyword(String)
  }

  private static let aggregations: Set = [
    "sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "count_values", "bottomk", "topk", "quantile",
  ]
  private static let groupings: Set = ["by", "without", "on", "ignoring", "group_left", "group_right"]
  private static let others: Set = ["and", "or", "unless", "bool", "offset", "atan2", "inf", "nan"]

  private var rest: Substring

  init(_ expression: String) {
    rest = Substring(expression)
  }

  /// Where the next word is looked for: a metric's name ends here when it was the last.
  var position: String.Index { rest.startIndex }

  mutating func next() -> Token? {
    while let character = rest.first {
      switch character {
      case "#": rest = rest.drop { !$0.isNewline }
      case "\"", "'", "`": skipString(character)
      case "{": return .selector(enclosed(until: "}"))
      case "[": return .range(enclosed(until: "]"))
      case _ where character.isASCII && character.isNumber:
        return .number(String(take { $0.isLetter || $0.isNumber || $0 == "." }))
      case _ where character.isLetter || character == "_" || character == ":":
        if let token = word() { return token }
      default: rest.removeFirst()
      }
    }
    return nil
  }

  /// - Returns: nil for a function.
  private mutating func word() -> Token? {
    let word = String(take { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" })
    let lowercased = word.lowercased()
    let beforeParenthesis = rest.first { !$0.isWhitespace } == "("
    if Self.groupings.contains(lowercased) {
      if beforeParenthesis {
        rest = rest.drop { $0 != "(" }
        _ = enclosed(until: ")")
      }
      return .keyword(lowercased)
    }
    if Self.others.contains(lowercased) || Self.aggregations.contains(lowercased) { return .keyword(lowercased) }
    return beforeParenthesis ? nil : .metric(word)
  }

  private mutating func take(while condition: (Character) -> Bool) -> Substring {
    let taken = rest.prefix(while: condition)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  /// What follows the opening character, up to `end` outside of strings.
  private mutating func enclosed(until end: Character) -> String {
    rest.removeFirst()
    let begin = rest.startIndex
    while let character = rest.first, character != end {
      if character == "\"" || character == "'" || character == "`" { skipString(character) } else { rest.removeFirst() }
    }
    let text = rest.base[begin..<rest.startIndex]
    rest = rest.dropFirst()
    return String(text)
  }

  private mutating func skipString(_ quote: Character) {
    rest.removeFirst()
    while let character = rest.first {
      rest.removeFirst()
      if character == quote { return }
      if character == "\\", quote != "`" { rest = rest.dropFirst() }
    }
  }
}
