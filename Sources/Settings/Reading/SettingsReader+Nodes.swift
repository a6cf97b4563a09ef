extension SettingsReader {
  /// A value with the place of what it belongs to: its key, or itself in a list.
  struct Field {
    let place: Place
    let value: YAMLNode
  }

  /// A scalar after interpolation.
  struct Text {
    let value: String
    let place: Place
    let usesVariables: Bool
  }

  /// The entries of a mapping by key; empty for null, as where all entries are commented out.
  ///
  /// - Parameters:
  ///   - what: the mapping's name in messages.
  ///   - hint: for a key that is not known here, what to say instead of a suggestion, after the key.
  mutating func fields(
    of node: YAMLNode, _ what: String, known: [String], hint: (String) -> String? = { _ in nil }
  ) -> [String: Field]? {
    if node.isNull { return [:] }
    guard case .mapping(let entries) = node.content else {
      if case .broken = node.content { return nil }
      let keys = English.list(English.quoted(known), "and")
      report.fault(at: node.place, "\(what) must be a mapping, with the keys \(keys)")
      return nil
    }
    var fields: [String: Field] = [:]
    for entry in entries {
      if known.contains(entry.key) {
        fields[entry.key] = Field(place: entry.place, value: entry.value)
      } else if let hint = hint(entry.key) {
        report.fault(at: entry.place, "`\(entry.key)` \(hint)")
      } else {
        report.fault(at: entry.place, SettingsReader.unknown("key", entry.key, known))
      }
    }
    return fields
  }

  /// Words that are near a valid one are shown; others are not, as they might be anything.
  static func unknown(_ what: String, _ word: String, _ known: [String]) -> String {
    if let nearest = Suggestion.nearest(to: word, among: known) {
      return "unknown \(what) `\(word)`: did you mean `\(nearest)`?"
    }
    return "unknown \(what): here can be \(English.list(English.quoted(known), "or"))"
  }

  /// - Parameter example: what one could write.
  mutating func items(of field: Field, _ key: String, example: String) -> [Field]? {
    guard case .sequence(let nodes) = field.value.content else {
      if case .broken = field.value.content { return nil }
      report.fault(
        at: field.value.isNull ? field.place : field.value.place, "`\(key)` must be a list, such as \(example)")
      return nil
    }
    return nodes.map { Field(place: $0.place, value: $0) }
  }

  mutating func text(_ field: Field, _ key: String) -> Text? {
    guard case .scalar(let raw, _) = field.value.content else {
      if case .broken = field.value.content { return nil }
      report.fault(at: field.value.place, "`\(key)` must be a single value, not a list or a mapping")
      return nil
    }
    guard !field.value.isNull else {
      report.fault(at: field.place, "`\(key)` has no value: give it one, or remove the key")
      return nil
    }
    let interpolation = Interpolation(raw, environment: environment)
    for fault in interpolation.faults { report.fault(at: field.value.place, fault.message) }
    guard interpolation.faults.isEmpty else { return nil }
    return Text(
      value: interpolation.value, place: field.value.place, usesVariables: interpolation.usesVariables)
  }
}
