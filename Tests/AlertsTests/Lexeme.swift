/// Where one token of PromQL ends and the next begins.
enum Lexeme {
  private static let pairs = ["==", "!=", "=~", "!~", "<=", ">="]

  /// - Returns: the kind and the number of characters of the token that `text` begins with; nil if it is empty.
  static func next(_ text: Substring, inBrackets: Bool) -> (PromQL.Kind, Int)? {
    guard let first = text.first else { return nil }
    if first.isWhitespace || first == "#" { return (.space, space(text)) }
    if first == "\"" { return (.string, string(text)) }
    if first.isNumber { return number(text) }
    if isWord(first, inBrackets) { return (.word, text.prefix { isWord($0, inBrackets) || $0.isNumber }.count) }
    return (.symbol, pairs.contains(String(text.prefix(2))) ? 2 : 1)
  }

  /// White space and comments, as one.
  private static func space(_ text: Substring) -> Int {
    var inComment = false
    return text.prefix { character in
      if character == "#" { inComment = true }
      if character.isNewline { inComment = false }
      return inComment || character.isWhitespace
    }.count
  }

  private static func string(_ text: Substring) -> Int {
    var isEscaped = false
    let inside = text.dropFirst().prefix { character in
      defer { isEscaped = !isEscaped && character == "\\" }
      return isEscaped || character != "\""
    }
    return inside.count + 2
  }

  /// A number, or a duration if a unit follows it.
  private static func number(_ text: Substring) -> (PromQL.Kind, Int) {
    let digits = text.prefix { $0.isNumber || $0 == "." }.count
    let unit = text.dropFirst(digits).prefix { "smhdwy".contains($0) }.count
    return (unit > 0 ? .duration : .number, digits + unit)
  }

  /// A colon in brackets parts a window from its step; elsewhere it belongs to a name.
  private static func isWord(_ character: Character, _ inBrackets: Bool) -> Bool {
    character.isLetter || character == "_" || (character == ":" && !inBrackets)
  }
}
