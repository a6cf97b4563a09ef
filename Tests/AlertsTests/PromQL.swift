/// An expression as a row of tokens: enough to change it mechanically and to name what it reads. No grammar.
struct PromQL: Sendable {
  enum Kind: Sendable, Hashable {
    /// White space and comments.
    case space
    case string, number, duration, word, symbol
  }

  struct Token: Sendable, Hashable {
    let kind: Kind
    var text: String
    /// How many brackets of each kind are open around it.
    let parentheses: Int
    let braces: Int
    let brackets: Int

    var isSetOperator: Bool { kind == .word && braces == 0 && ["and", "or", "unless"].contains(text) }
    var isComparison: Bool {
      kind == .symbol && braces == 0 && ["==", "!=", "<", ">", "<=", ">="].contains(text)
    }
    /// Whether it names a series.
    var isSeries: Bool {
      kind == .word && braces == 0 && (text.hasPrefix("agentusage_") || text.contains(":") || text == "up")
    }
  }

  private(set) var tokens: [Token] = []

  init(_ text: String) {
    var rest = Substring(text)
    var depth = (parentheses: 0, braces: 0, brackets: 0)
    while let (kind, length) = Lexeme.next(rest, inBrackets: depth.brackets > 0) {
      let piece = String(rest.prefix(length))
      if [")", "}", "]"].contains(piece) { Self.change(&depth, piece, by: -1) }
      tokens.append(
        Token(
          kind: kind, text: piece, parentheses: depth.parentheses, braces: depth.braces, brackets: depth.brackets))
      if ["(", "{", "["].contains(piece) { Self.change(&depth, piece, by: 1) }
      rest = rest.dropFirst(length)
    }
  }

  /// The recorded series that the expression reads.
  var recordedNames: Set<String> {
    Set(tokens.filter { $0.isSeries && $0.text.contains(":") }.map(\.text))
  }

  /// The series of the exporter or of Prometheus that the expression reads by name.
  var rawNames: Set<String> {
    Set(tokens.filter { $0.isSeries && !$0.text.contains(":") }.map(\.text))
  }

  /// The recorded series that the expression reads as they are now, not over a range.
  var instantNames: Set<String> {
    let solid = tokens.filter { $0.kind != .space }
    let instant = solid.indices.filter { index in
      solid[index].isSeries && solid[index].text.contains(":")
        && solid[(index + 1)...].first { $0.braces == 0 && !["{", "}"].contains($0.text) }?.text != "["
    }
    return Set(instant.map { solid[$0].text })
  }

  /// The patterns of names, as in `{__name__=~"…"}`.
  var namePatterns: [String] {
    let solid = tokens.filter { $0.kind != .space }
    return solid.indices.dropLast(2).filter { solid[$0].text == "__name__" && solid[$0 + 1].text == "=~" }
      .map { String(solid[$0 + 2].text.dropFirst().dropLast()) }
  }

  /// The expression with some of its tokens replaced.
  func replacing(_ range: Range<Int>, with text: String) -> String {
    tokens[..<range.lowerBound].map(\.text).joined() + text + tokens[range.upperBound...].map(\.text).joined()
  }

  private static func change(
    _ depth: inout (parentheses: Int, braces: Int, brackets: Int), _ bracket: String, by step: Int
  ) {
    switch bracket {
    case "(", ")": depth.parentheses += step
    case "{", "}": depth.braces += step
    default: depth.brackets += step
    }
  }
}
