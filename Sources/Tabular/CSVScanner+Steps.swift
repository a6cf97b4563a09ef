/// The state machine, for blocks in which quotes are more than a frame.
extension CSVScanner {
  /// Takes the next comma, quote or line feed of the block.
  ///
  /// - Returns: nil to go on.
  @inline(never)
  mutating func step(_ bytes: Span<UInt8>, _ fields: inout MutableSpan<FieldBounds>) -> Outcome? {
    let place = base + pending.trailingZeroBitCount
    pending &= pending &- 1
    let byte = bytes[place]
    switch state {
    case .open:
      if byte == UInt8(ascii: ",") {
        put(FieldBounds(fieldStart, place), into: &fields, next: place + 1)
      } else if byte == UInt8(ascii: "\n") {
        return endOpenRecord(bytes, at: place, &fields)
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
        endQuotedField(at: place, &fields)
      } else {
        return endQuotedRecord(bytes, at: place, &fields)
      }
    }
    return nil
  }

  /// Takes the end of the document, of `bytes`, for the end of a record.
  mutating func finish(_ buffer: [UInt8], into bounds: inout [FieldBounds]) -> Outcome {
    let bytes = buffer.span
    var fields = bounds.mutableSpan
    return state == .open
      ? endOpenRecord(bytes, at: bytes.count, &fields) : endQuotedRecord(bytes, at: bytes.count, &fields)
  }

  private mutating func endOpenRecord(
    _ bytes: Span<UInt8>, at place: Int, _ fields: inout MutableSpan<FieldBounds>
  ) -> Outcome {
    let hasReturn = place > fieldStart && bytes[place - 1] == UInt8(ascii: "\r")
    put(FieldBounds(fieldStart, hasReturn ? place - 1 : place), into: &fields, next: place + 1)
    return .record(end: place + 1)
  }

  private mutating func endQuotedRecord(
    _ bytes: Span<UInt8>, at place: Int, _ fields: inout MutableSpan<FieldBounds>
  ) -> Outcome {
    let isBare = place == closing + 1
    guard isBare || (place == closing + 2 && bytes[place - 1] == UInt8(ascii: "\r")) else { return .textAfterQuote }
    endQuotedField(at: place, &fields)
    return .record(end: place + 1)
  }

  private mutating func endQuotedField(at place: Int, _ fields: inout MutableSpan<FieldBounds>) {
    if isDoubled { doubled.append(count) }
    put(FieldBounds(fieldStart + 1, closing), into: &fields, next: place + 1)
    isDoubled = false
    state = .open
  }
}
