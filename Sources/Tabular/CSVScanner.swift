/// Finds the fields of records in bytes that arrive bit by bit: RFC 4180 as a state machine.
///
/// Only commas, quotes and line feeds change its state. They are found 64 bytes at a time, eight in one word, so that
/// what lies between them costs less than a cycle a byte.
struct CSVScanner: Sendable {
  enum Outcome {
    case needsMore
    /// A record is complete; `end` is where the next one begins.
    case record(end: Int)
    case textAfterQuote
  }

  private enum State {
    /// Outside quotes. A quote that is not a field's first byte stands for itself.
    case open
    case quoted
    /// After a quote inside quotes: the field's last one, or the first of two.
    case closed
  }

  private var state = State.open
  private var fieldStart = 0
  /// The place of the quote that led to `closed`.
  private var closing = 0
  /// The current field holds doubled quotes.
  private var isDoubled = false
  /// Columns of the current record that hold doubled quotes.
  private(set) var doubled: [Int] = []
  /// The block that begins at `base` has these commas, quotes and line feeds left.
  private var base = 0
  private var pending: UInt64 = 0
  /// Where the next block begins.
  private var next = 0

  /// Whether the bytes so far end inside quotes.
  var isInQuotes: Bool { state == .quoted }

  /// Starts a document at `offset`.
  mutating func begin(at offset: Int) {
    fieldStart = offset
    next = offset
  }

  /// Forgets the columns of the last record.
  mutating func beginRecord() {
    doubled.removeAll(keepingCapacity: true)
  }

  /// Follows the bytes to their new place, `distance` nearer to the start.
  mutating func moved(back distance: Int) {
    fieldStart -= distance
    closing -= distance
    base -= distance
    next -= distance
  }

  /// Reads on in `buffer`, of which more may follow later, up to the end of a record.
  mutating func scan(_ buffer: [UInt8], into bounds: inout [FieldBounds]) -> Outcome {
    let bytes = buffer.span
    while true {
      while pending == 0 {
        if next >= bytes.count { return .needsMore }
        base = next
        pending = CSVScanner.block(bytes, at: base)
        next = min(base + 64, bytes.count)
      }
      let place = base + pending.trailingZeroBitCount
      pending &= pending &- 1
      let byte = bytes[place]
      switch state {
      case .open:
        if byte == UInt8(ascii: ",") {
          bounds.append(FieldBounds(fieldStart, place))
          fieldStart = place + 1
        } else if byte == UInt8(ascii: "\n") {
          return endOpenRecord(bytes, at: place, into: &bounds)
        } else if place == fieldStart {
          state = .quoted
        }
      case .quoted:
        if byte == UInt8(ascii: "\"") {
          state = .closed
          closing = place
        }
      case .closed:
        if byte == UInt8(ascii: "\"") {
          guard place == closing + 1 else { return .textAfterQuote }
          state = .quoted
          isDoubled = true
        } else if byte == UInt8(ascii: ",") {
          guard place == closing + 1 else { return .textAfterQuote }
          endQuotedField(at: place, into: &bounds)
        } else {
          return endQuotedRecord(bytes, at: place, into: &bounds)
        }
      }
    }
  }

  /// Takes the end of the document, of `buffer`, for the end of a record.
  mutating func finish(_ buffer: [UInt8], into bounds: inout [FieldBounds]) -> Outcome {
    let bytes = buffer.span
    return state == .open
      ? endOpenRecord(bytes, at: bytes.count, into: &bounds) : endQuotedRecord(bytes, at: bytes.count, into: &bounds)
  }

  private mutating func endOpenRecord(
    _ bytes: Span<UInt8>, at place: Int, into bounds: inout [FieldBounds]
  ) -> Outcome {
    let hasReturn = place > fieldStart && bytes[place - 1] == UInt8(ascii: "\r")
    bounds.append(FieldBounds(fieldStart, hasReturn ? place - 1 : place))
    fieldStart = place + 1
    return .record(end: place + 1)
  }

  private mutating func endQuotedRecord(
    _ bytes: Span<UInt8>, at place: Int, into bounds: inout [FieldBounds]
  ) -> Outcome {
    let isBare = place == closing + 1
    guard isBare || (place == closing + 2 && bytes[place - 1] == UInt8(ascii: "\r")) else { return .textAfterQuote }
    endQuotedField(at: place, into: &bounds)
    return .record(end: place + 1)
  }

  private mutating func endQuotedField(at place: Int, into bounds: inout [FieldBounds]) {
    if isDoubled { doubled.append(bounds.count) }
    bounds.append(FieldBounds(fieldStart + 1, closing))
    isDoubled = false
    state = .open
    fieldStart = place + 1
  }
}
