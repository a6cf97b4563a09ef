/// Wording of messages.
enum English {
  /// `a`, `a or b`, `a, b or c`.
  static func list(_ items: [String], _ conjunction: String) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// Keys as messages write them.
  static func quoted(_ words: [String]) -> [String] { words.map { "`\($0)`" } }
}
