import Yams

/// A place in a text: line and column from 1, the column in Unicode scalars.
struct Place: Hashable, Comparable {
  let line: Int
  let column: Int

  static let start = Place(line: 1, column: 1)

  static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

extension Place {
  init(_ mark: Mark?) {
    self = mark.map { Place(line: max(1, $0.line), column: max(1, $0.column)) } ?? .start
  }
}

/// A fault of the text itself, before any key has a meaning.
struct DocumentFault: Error, Hashable {
  let place: Place
  let message: String

  init(_ place: Place, _ message: String) {
    self.place = place
    self.message = message
  }
}
