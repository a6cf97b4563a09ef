/// Lines as deflate sees them: text as it is, and repetitions of the line before (LZ77).
///
/// The value at a line's end is not part of it: it is another one each time, and so is how far back the line before is.
/// A match therefore tells the distance less the length of that line's value.
struct LineTokens {
  enum Token {
    /// A range of the lines' text.
    case literals(Range<Int>)
    /// - Parameter distance: to be added to the length of the previous line's value.
    case match(length: Int, distance: Int)
    /// Where the value stands, and the end of the line.
    case value
  }

  private(set) var tokens: [Token] = []

  /// A shorter match costs more bits than its text.
  private static let shortestMatch = 4
  private static let slots = 1024

  /// For each four bytes of the line before, by their hash, where they last stood; tagged with the line.
  private struct Index {
    var line = [Int32](repeating: -1, count: slots)
    var place = [Int32](repeating: 0, count: slots)
  }

  /// - Parameters:
  ///   - text: the lines' text up to their values, one after the other.
  ///   - ends: of each line in `text`.
  ///   - longestValue: the longest value and the end of its line.
  init(_ text: [UInt8], ends: [Int32], longestValue: Int) {
    var indices = [Index(), Index()]
    var previous = 0..<0
    tokens.reserveCapacity(ends.count * 5)
    let farthest = DeflateSymbols.farthestMatch - longestValue
    text.withUnsafeBufferPointer { text in
      for (line, end) in ends.enumerated() {
        let current = previous.upperBound..<Int(end)
        add(text, current, after: previous, line: Int32(line), &indices, farthest)
        tokens.append(.value)
        previous = current
      }
    }
  }

  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, _ current: Range<Int>, after previous: Range<Int>, line: Int32,
    _ indices: inout [Index], _ farthest: Int
  ) {
    let (mine, other) = line % 2 == 0 ? (0, 1) : (1, 0)
    var place = current.lowerBound
    var literal = place
    while place + Self.shortestMatch <= current.upperBound {
      let slot = Self.slot(text, place)
      var source = -1
      if place == current.lowerBound {
        source = previous.lowerBound
      } else if indices[other].line[slot] == line - 1 {
        source = Int(indices[other].place[slot])
      }
      let length = source < 0 ? 0 : Self.common(text, place..<current.upperBound, source..<previous.upperBound)
      let distance = place - source
      if length >= Self.shortestMatch, distance <= farthest {
        if literal < place { tokens.append(.literals(literal..<place)) }
        addMatch(length, distance)
        for covered in place..<min(place + length, current.upperBound - 3) { note(text, covered, line, &indices[mine]) }
        place += length
        literal = place
      } else {
        note(text, place, line, &indices[mine])
        place += 1
      }
    }
    if literal < current.upperBound { tokens.append(.literals(literal..<current.upperBound)) }
  }

  private func note(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ line: Int32, _ index: inout Index) {
    let slot = Self.slot(text, place)
    index.line[slot] = line
    index.place[slot] = Int32(truncatingIfNeeded: place)
  }

  /// Deflate's longest match is shorter than some labels are.
  private mutating func addMatch(_ length: Int, _ distance: Int) {
    var rest = length
    while rest > 0 {
      // Not so that what remains would be too short for a match.
      let part =
        rest <= DeflateSymbols.longestMatch ? rest : min(DeflateSymbols.longestMatch, rest - Self.shortestMatch)
      tokens.append(.match(length: part, distance: distance))
      rest -= part
    }
  }

  private static func slot(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt32.self)
    return Int((word &* 0x9E37_79B1) >> 22)
  }

  private static func common(_ text: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Int {
    let limit = min(left.count, right.count)
    var length = 0
    while length < limit, text[left.lowerBound + length] == text[right.lowerBound + length] { length += 1 }
    return length
  }
}
