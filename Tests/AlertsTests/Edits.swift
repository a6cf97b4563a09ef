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
    for place in solid.indices { mutate(place) }
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
      if let other = Self.negations[token.text] { replace(index, by: other) }
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
    replace(index, by: PromQL.scaled(tokens[index].text, by: Self.durationFactor))
    replace(index, by: PromQL.scaled(tokens[index].text, by: 1 / Self.durationFactor))
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
