/// A place in a line.
struct LineCursor {
  private var rest: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    rest = line
  }

  mutating func take(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let taken = rest.prefix(while: matches)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  mutating func skip(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  /// What stands before the next quote that is not escaped, with its escapes.
  mutating func takeQuoted() -> ArraySlice<UInt8>? {
    var place = rest.startIndex
    while place < rest.endIndex, rest[place] != UInt8(ascii: "\"") {
      place += rest[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < rest.endIndex else { return nil }
    defer { rest = rest[(place + 1)...] }
    return rest[..<place]
  }
}
