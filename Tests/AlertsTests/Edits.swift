/// The faults that a careless hand could make in an expression.
struct Edits {
  struct Edit {
    let range: Range<Int>
    let text: String
    let change: String
  }

  private let tokens: [PromQL.Token]
  /// Indices of all tokens but white space.
  private let solid: [Int]
  private(set) var all: [Edit] = []

  /// A scene's values lie between a threshold and its double, or its half and itself.
  private static let thresholdFactor = 2.0
  /// Windows bridge failed scrapes or cover a day: a sixth of them must be too short for what they are for.
  private static let durationFactor = 6.0

  private static let flips = ["==": "!=", "!=": "==", "<": ">", ">": "<", "<=": ">", ">=": "<"]
  private static let opposites = ["+": "-", "-": "+", "*": "/", "/": "*"]
  private static let negations = ["=": "!=", "!=": "=", "=~": "!~", "!~": "=~"]
  private static let functions = [
    "max": "min", "min": "max", "sum": "max", "max_over_time": "min_over_time", "min_over_time": "max_over_time",
    "avg_over_time": "max_over_time", "increase": "rate", "changes": "resets",
  ]

  init(_ query: PromQL) {
    tokens = query.tokens
    solid = query.tokens.indices.filter { query.tokens[$0].kind != .space }
    let repeated = Self.repeatedLines(query)
    for place in solid.indices where !repeated.contains(where: { $0.contains(solid[place]) }) { mutate(place) }
  }

  /// The tokens of lines that are like the one before them and the one after, but for numbers and durations: unions that
  /// say the same of one day or week after the other. The first and the last are enough.
  private static func repeatedLines(_ query: PromQL) -> [Range<Int>] {
    var lines: [(shape: String, tokens: Range<Int>)] = []
    var start = query.tokens.startIndex
    for index in query.tokens.indices where query.tokens[index].text.contains("\n") || index == query.tokens.count - 1 {
      let solid = query.tokens[start..<index].filter { ![.space, .duration, .string].contains($0.kind) }
      lines.append((String(solid.map(\.text).joined(separator: " ").trimmingPrefix("or ")), start..<index))
      start = index + 1
    }
    return lines.indices.dropFirst().dropLast().filter { index in
      lines[index].shape.contains(" offset ")
        && lines[index].shape == lines[index - 1].shape && lines[index].shape == lines[index + 1].shape
    }.map { lines[$0].tokens }
  }

  private mutating func mutate(_ place: Int) {
    let index = solid[place]
    let token = tokens[index]
    switch token.kind {
    case .symbol: mutateSymbol(index)
    case .number: mutateNumber(index)
    case .duration: mutateDuration(index)
    case .word: mutateWord(place)
    case .space, .string: break
    }
  }

  private mutating func mutateSymbol(_ index: Int) {
    let token = tokens[index]
    guard token.brackets == 0 else { return }
    if token.braces > 0 {
      // Without a name that it may have, a selector is none.
      let isName = token.text == "=~" && tokens[index - 1].text == "__name__"
      if let other = Self.negations[token.text], !isName { replace(index, by: other) }
    } else if let other = Self.flips[token.text] ?? Self.opposites[token.text] {
      replace(index, by: other)
    }
  }

  private mutating func mutateNumber(_ index: Int) {
    guard let value = Double(tokens[index].text), value != 0 else { return }
    replace(index, by: "\(value * Self.thresholdFactor)")
    replace(index, by: "\(value / Self.thresholdFactor)")
  }

  private mutating func mutateDuration(_ index: Int) {
    if isLookBack(index) { return }
    replace(index, by: PromQL.scaled(tokens[index].text, by: Self.durationFactor))
    replace(index, by: PromQL.scaled(tokens[index].text, by: 1 / Self.durationFactor))
  }

  /// Whether a range only bridges the time between two evaluations of what an agent uses: scenes of weeks are evaluated
  /// every hour or more seldom and cannot tell. That there is such a range is a test of its own.
  private func isLookBack(_ index: Int) -> Bool {
    let before = tokens[..<index].last { $0.kind == .word && $0.braces == 0 }?.text ?? ""
    return tokens[index].brackets > 0 && before.contains("_measure:agentusage_used:")
      && ["10m", "15m"].contains(tokens[index].text)
  }

  private mutating func mutateWord(_ place: Int) {
    let index = solid[place]
    let token = tokens[index]
    if token.isSetOperator { dropClause(place) }
    if token.isSeries { replace(index, by: token.text + "_misspelt") }
    if let other = Self.functions[token.text], token.braces == 0 { replace(index, by: other) }
    if ["by", "on", "without"].contains(token.text) { dropLabels(place) }
  }

  /// Leaves out a set operator with all that it brings, up to the next operator of its level.
  private mutating func dropClause(_ place: Int) {
    let index = solid[place]
    let level = tokens[index].parentheses
    var end = index + 1
    while end < tokens.count, tokens[end].parentheses > level || !endsClause(end, level) { end += 1 }
    let text = solid[place...].prefix { $0 < end }.prefix(6).map { tokens[$0].text }.joined(separator: " ")
    all.append(Edit(range: index..<end, text: " ", change: "without `\(text) …`"))
  }

  private func endsClause(_ index: Int, _ level: Int) -> Bool {
    let token = tokens[index]
    return token.parentheses < level || token.isSetOperator || (token.text == ")" && token.parentheses < level)
  }

  /// Leaves out each of the labels by which series are grouped or matched.
  private mutating func dropLabels(_ place: Int) {
    guard place + 1 < solid.count, tokens[solid[place + 1]].text == "(" else { return }
    let list = solid[(place + 2)...].prefix { tokens[$0].text != ")" }
    for index in list where tokens[index].kind == .word {
      let left = list.filter { $0 != index && tokens[$0].kind == .word }.map { tokens[$0].text }
      let range = solid[place + 1]..<((list.last ?? index) + 2)
      all.append(
        Edit(
          range: range, text: "(\(left.joined(separator: ", ")))",
          change: "`\(tokens[solid[place]].text)` without \(tokens[index].text)"))
    }
  }

  private mutating func replace(_ index: Int, by text: String) {
    all.append(Edit(range: index..<(index + 1), text: text, change: "`\(tokens[index].text)` → `\(text)`"))
  }
}
