import ArgumentParser
import Exposition
import Publication

/// The labels that a backfill adds to its series.
enum BackfillLabels {
  /// Labels that some series has already.
  private static let taken = Set(Catalogue.all.flatMap(\.labels))

  /// - Throws: `ValidationError` for what is no label, or one that series have already.
  static func parse(_ texts: [String]) throws -> [Label] {
    var labels: [Label] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, isName(parts[0]), !parts[1].isEmpty else {
        throw ValidationError("--label must be a name and a value, as job=agent-usage, not \(text)")
      }
      guard !taken.contains(parts[0]), !labels.contains(where: { $0.name == parts[0] }) else {
        throw ValidationError("--label \(parts[0]) is there already: it must be a label that no series has")
      }
      labels.append(Label(parts[0], parts[1]))
    }
    return labels
  }

  /// Names that begin with two underscores are Prometheus' own.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(48...57).contains(first), !text.hasPrefix("__") else { return false }
    return text.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }
  }
}
