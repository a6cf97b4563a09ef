extension WebReader {
  struct Text {
    let value: String
    let place: Place
  }

  /// A scalar as it is written. Null and the empty text count as absent, as in Go.
  mutating func text(_ field: Field?, _ key: String) -> Text? {
    guard let field, let text = rawText(field, key), !text.value.isEmpty else { return nil }
    return text
  }

  /// A scalar that may be empty; null is.
  mutating func rawText(_ field: Field, _ key: String) -> Text? {
    guard case .scalar(let value, _) = field.value.content else {
      if case .broken = field.value.content { return nil }
      fault(at: field.value.place, "`\(key)` must be a single value, not a list or a mapping")
      return nil
    }
    return Text(value: field.value.isNull ? "" : value, place: field.value.isNull ? field.place : field.value.place)
  }

  /// YAML 1.1's words, which Go's parser takes.
  mutating func boolean(_ field: Field?, _ key: String) -> Bool? {
    guard let text = text(field, key) else { return nil }
    switch text.value.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      fault(at: text.place, "`\(key)` must be true or false")
      return nil
    }
  }

  /// One of a closed set of words.
  mutating func word<Word>(
    _ text: Text, _ key: String, _ known: [String], _ parse: (String) -> Word?
  ) -> Word? {
    if let word = parse(text.value) { return word }
    let nearest = Suggestion.nearest(to: text.value, among: known).map { "; did you mean `\($0)`?" } ?? ""
    fault(at: text.place, "`\(key)` must be \(English.list(English.quoted(known), "or"))\(nearest)")
    return nil
  }

  /// A list of words of a closed set; empty if absent.
  mutating func words<Word>(
    _ field: Field?, _ key: String, _ known: [String], _ parse: (String) -> Word?
  ) -> [Word] {
    guard let field, !field.value.isNull,
      let items = nodes.items(of: field, key, example: "[\(known.prefix(2).joined(separator: ", "))]")
    else { return [] }
    return items.compactMap { item in
      guard let text = rawText(item, key) else { return nil }
      return word(text, key, known, parse)
    }
  }
}
