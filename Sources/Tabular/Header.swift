/// The names of the columns, compared trimmed and without regard to case.
package struct Header: Sendable, Hashable {
  /// As written, but trimmed.
  package let names: [String]
  private let columns: [String: Int]
  private let repeated: Set<String>

  package init(_ names: [String]) {
    self.names = names.map(Header.trimmed)
    var columns: [String: Int] = [:]
    var repeated: Set<String> = []
    for (column, name) in self.names.enumerated() {
      let key = name.lowercased()
      if columns[key] == nil { columns[key] = column } else { repeated.insert(key) }
    }
    self.columns = columns
    self.repeated = repeated
  }

  /// The column of that name, the first if there are several.
  package func index(of name: String) -> Int? {
    columns[Header.trimmed(name).lowercased()]
  }

  /// - Throws: ``CSVError/missingColumn(_:)`` or ``CSVError/repeatedColumn(_:)`` for the first of `names` that is not
  ///   there exactly once.
  package func require(_ names: [String]) throws(CSVError) {
    for name in names {
      guard index(of: name) != nil else { throw .missingColumn(name) }
      if repeated.contains(Header.trimmed(name).lowercased()) { throw .repeatedColumn(name) }
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
