import Foundation

extension SettingsReader {
  mutating func integer(_ field: Field?, _ key: WorkspaceKey, _ range: ClosedRange<Int>) -> Int? {
    guard let field, let text = text(field, key.rawValue) else { return nil }
    guard let number = Int(text.value), String(number) == text.value, range.contains(number) else {
      let bounds =
        range.upperBound == .max ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      report.fault(at: text.place, "`\(key.rawValue)` must be a whole number \(bounds)")
      return nil
    }
    return number
  }

  mutating func boolean(_ field: Field?, _ key: String) -> Bool? {
    guard let field, let text = text(field, key) else { return nil }
    guard let value = Bool(text.value.lowercased()) else {
      report.fault(at: text.place, "`\(key)` must be true or false")
      return nil
    }
    return value
  }

  /// - Parameter minimum: seconds.
  /// - Returns: seconds.
  mutating func duration(_ field: Field?, _ key: String, minimum: TimeInterval = 1) -> TimeInterval? {
    guard let field, let text = text(field, key) else { return nil }
    do {
      let seconds = try DurationSyntax.parse(text.value)
      if seconds >= minimum { return seconds }
      report.fault(at: text.place, "`\(key)` must be at least \(DurationSyntax.format(minimum))")
    } catch {
      let fault =
        switch error {
        case .noUnit: "has no unit: write a duration such as 30s, 5m or 1h30m"
        case .negative: "must not be negative: write a duration such as 30s, 5m or 1h30m"
        case .malformed:
          "is not a duration: write whole numbers with the units y, w, d, h, m, s and ms, the largest first, as 1h30m"
        case .tooLong: "is longer than 292 years: write a duration such as 30s, 5m or 1h30m"
        }
      report.fault(at: text.place, "`\(key)` \(fault)")
    }
    return nil
  }

  /// A list of words, each of which `parse` must know.
  mutating func words<Word: Hashable>(
    _ field: Field?, _ key: WorkspaceKey, _ known: [String], _ parse: (String) -> Word?
  ) -> [Word]? {
    let example = "[\(known.prefix(2).joined(separator: ", "))]"
    guard let field, let items = items(of: field, key.rawValue, example: example) else { return nil }
    var words: [Word] = []
    for item in items {
      guard let text = text(item, key.rawValue) else { continue }
      guard let word = parse(text.value) else {
        let nearest = Suggestion.nearest(to: text.value, among: known).map { "; did you mean `\($0)`?" } ?? ""
        let choice = English.list(English.quoted(known), "and")
        report.fault(at: text.place, "`\(key.rawValue)` may hold \(choice)\(nearest)")
        continue
      }
      if words.contains(word) {
        report.fault(at: text.place, "`\(key.rawValue)` holds this more than once: keep one")
      } else {
        words.append(word)
      }
    }
    return words
  }

  /// A path of a file, as seen from the folder of the configuration file.
  mutating func path(_ field: Field, _ key: WorkspaceKey) -> (path: String, place: Place)? {
    guard let text = text(field, key.rawValue) else { return nil }
    guard !text.value.isEmpty, !text.value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      report.fault(at: text.place, "`\(key.rawValue)` must be the path of a file")
      return nil
    }
    return (Paths.resolve(text.value, in: folder), text.place)
  }
}
