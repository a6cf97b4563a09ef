private import CScan

extension JSONScanner {
  /// Where the closing quote of a string is, whose first byte is at `start`.
  ///
  /// - Returns: nil if it has not come yet.
  @inline(__always)
  mutating func stringEnd(_ bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int? {
    if searched <= start {
      isEscaped = false
      let end = JSONScanner.stop(bytes, from: start)
      if end < bytes.count, bytes[end] == UInt8(ascii: "\"") { return end }
      searched = end
    }
    return try hardStringEnd(bytes)
  }

  /// Goes on in a string with escapes or without an end yet.
  @inline(never)
  private mutating func hardStringEnd(_ bytes: Span<UInt8>) throws(JSONError) -> Int? {
    var place = searched
    defer { searched = place }
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""): return place
      case UInt8(ascii: "\\"):
        guard let end = try escapeEnd(bytes, from: place) else { return nil }
        isEscaped = true
        place = JSONScanner.stop(bytes, from: end)
      case 0..<0x20: throw malformed(.control, at: place)
      default: place = JSONScanner.stop(bytes, from: place)
      }
    }
    return nil
  }

  private func escapeEnd(_ bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    if JSONText.isShort(bytes[start + 1]) { return start + 2 }
    guard bytes[start + 1] == UInt8(ascii: "u") else { throw malformed(.escape, at: start) }
    for place in start + 2..<start + 6 {
      guard place < bytes.count else { return nil }
      if ASCII.hexDigit(bytes[place]) == nil { throw malformed(.escape, at: start) }
    }
    return start + 6
  }

  /// The first quote, backslash or control character from `start` on, or the end.
  @inline(__always)
  private static func stop(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let count = bytes.count
    // The pointer is read from only where the loop has seen 16 bytes to be there.
    return bytes.withUnsafeBufferPointer { buffer in
      var place = start
      guard let first = buffer.baseAddress else { return count }
      while place &+ 16 <= count {
        let hits = scan_json_stops(first + place)
        if hits != 0 { return place &+ hits.trailingZeroBitCount }
        place &+= 16
      }
      while place < count, !isStop(buffer[place]) { place &+= 1 }
      return place
    }
  }

  private static func isStop(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20
  }

  /// Where a number ends that begins at `start`.
  ///
  /// - Returns: nil if it may go on in bytes that have not come yet.
  @inline(__always)
  mutating func numberEnd(_ bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int? {
    isEscaped = false
    // A long number is looked at once its end is there, and not from its start with each new byte.
    if searched > start + 64, !reachesNumberEnd(bytes) { return nil }
    var place = start
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let isZero = place < bytes.count && bytes[place] == UInt8(ascii: "0")
    var end = isZero ? place + 1 : ASCII.digitsEnd(bytes, place..<bytes.count)
    var isValid = end > place
    if isValid, end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      place = end + 1
      end = ASCII.digitsEnd(bytes, place..<bytes.count)
      isValid = end > place
    }
    if isValid, end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      place = end + 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") { place += 1 }
      end = ASCII.digitsEnd(bytes, place..<bytes.count)
      isValid = end > place
    }
    if end >= bytes.count {
      searched = bytes.count
      return nil
    }
    guard isValid else { throw malformed(.number, at: start) }
    return end
  }

  private mutating func reachesNumberEnd(_ bytes: Span<UInt8>) -> Bool {
    while searched < bytes.count {
      if !"0123456789.eE+-".utf8.contains(bytes[searched]) { return true }
      searched += 1
    }
    return false
  }

  /// Where a literal ends that begins at `start`.
  ///
  /// - Returns: nil if it has not come whole yet.
  @inline(__always)
  mutating func literalEnd(_ bytes: Span<UInt8>, from start: Int, _ literal: Literal) throws(JSONError) -> Int? {
    isEscaped = false
    for index in 0..<literal.count {
      guard start + index < bytes.count else { return nil }
      if bytes[start + index] != UInt8(truncatingIfNeeded: literal.text >> UInt64(index * 8)) {
        throw malformed(.literal, at: start)
      }
    }
    return start + literal.count
  }

  /// Up to eight characters, the first one lowest.
  struct Literal {
    let text: UInt64
    let count: Int

    static var null: Literal { Literal(text: 0x6C6C_756E, count: 4) }
    static var `true`: Literal { Literal(text: 0x6575_7274, count: 4) }
    static var `false`: Literal { Literal(text: 0x65_736C_6166, count: 5) }
  }

  /// Passes over spaces; a line feed must not stand inside a record where each has a line.
  ///
  /// - Returns: the first byte that is none, or the end.
  @inline(never)
  mutating func skipSpace(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    var place = start
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case UInt8(ascii: "\n"):
        if isLines, depth > 0 { throw malformed(.token, at: place) }
        if expected == .lineEnd { expected = .line }
      default: return place
      }
      place &+= 1
    }
    return place
  }
}
