/// Finds the fields of records in bytes that arrive bit by bit: RFC 4180, 64 bytes at a time.
///
/// Where quotes only stand around fields, arithmetic on the bits of a block tells which commas and line feeds are inside
/// quotes, and what is left are ends of fields. A block where they stand elsewhere, or doubled, goes through a state
/// machine, byte by byte of those that matter (`CSVScanner+Steps`).
struct CSVScanner: Sendable {
  enum Outcome {
    case needsMore
    /// A record is complete; `end` is where the next one begins.
    case record(end: Int)
    case textAfterQuote
  }

  enum State {
    /// Outside quotes. A quote that is not a field's first byte stands for itself.
    case open
    case quoted
    /// After a quote inside quotes: the field's last one, or the first of two.
    case closed
  }

  /// Where the block stands that begins at ``base``, or, between blocks, the next one.
  var state = State.open
  var fieldStart = 0
  /// The place of the quote that led to `closed`.
  var closing = 0
  /// The current field holds doubled quotes.
  var isDoubled = false
  /// Columns of the current record that hold doubled quotes.
  var doubled: [Int] = []
  /// Fields of the current record so far.
  private(set) var count = 0
  /// The block that begins at `base` has these bytes left: ends of fields, or all that matters if it is stepped through.
  var base = 0
  var pending: UInt64 = 0
  var isStepping = false
  /// Where the next block begins.
  var next = 0

  /// Whether the bytes so far end inside quotes.
  var isInQuotes: Bool { state == .quoted }

  /// Starts a document at `offset`.
  mutating func begin(at offset: Int) {
    fieldStart = offset
    next = offset
  }

  /// Forgets the fields of the last record.
  mutating func beginRecord() {
    count = 0
    if !doubled.isEmpty { doubled.removeAll(keepingCapacity: true) }
  }

  /// Follows the bytes to their new place, `distance` nearer to the start.
  mutating func moved(back distance: Int) {
    fieldStart -= distance
    closing -= distance
    base -= distance
    next -= distance
  }

  /// Reads on in the bytes of `row`, of which more may follow later, up to the end of a record.
  mutating func scan(_ row: inout Record) -> Outcome {
    while true {
      if let outcome = scan(row.bytes, into: &row.bounds) { return outcome }
      row.makeRoom()
    }
  }

  /// Takes the end of the document, of the bytes of `row`, for the end of a record.
  mutating func finish(_ row: inout Record) -> Outcome {
    if count == row.bounds.count { row.makeRoom() }
    return finish(row.bytes, into: &row.bounds)
  }

  /// - Returns: nil if there is no room for a field.
  @inline(__always)
  private mutating func scan(_ buffer: [UInt8], into bounds: inout [FieldBounds]) -> Outcome? {
    let bytes = buffer.span
    var fields = bounds.mutableSpan
    while true {
      while pending == 0 {
        if next >= bytes.count { return .needsMore }
        enter(bytes)
      }
      if isStepping {
        if count == fields.count { return nil }
        if let outcome = step(bytes, &fields) { return outcome }
        continue
      }
      var ends = pending
      var start = fieldStart
      var column = count
      repeat {
        let place = base &+ ends.trailingZeroBitCount
        if column == fields.count {
          (pending, fieldStart, count) = (ends, start, column)
          return nil
        }
        ends &= ends &- 1
        let isLast = bytes[place] == UInt8(ascii: "\n")
        let isQuoted = bytes[start] == UInt8(ascii: "\"")
        let hasReturn = isLast && place > start && bytes[place &- 1] == UInt8(ascii: "\r")
        fields[column] =
          isQuoted ? FieldBounds(start &+ 1, place &- 1) : FieldBounds(start, hasReturn ? place &- 1 : place)
        column &+= 1
        start = place &+ 1
        if isLast {
          (pending, fieldStart, count) = (ends, start, column)
          return .record(end: start)
        }
      } while ends != 0
      (pending, fieldStart, count) = (0, start, column)
    }
  }

  /// Counts a field that has been found in another way.
  mutating func put(_ field: FieldBounds, into fields: inout MutableSpan<FieldBounds>, next start: Int) {
    fields[count] = field
    count += 1
    fieldStart = start
  }
}

extension Record {
  /// Doubles the room for fields.
  fileprivate mutating func makeRoom() {
    bounds.append(contentsOf: repeatElement(.absent, count: max(16, bounds.count)))
  }
}
