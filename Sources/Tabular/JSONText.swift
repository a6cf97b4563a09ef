/// The text of JSON strings.
enum JSONText {
  /// Resolves the escapes of a string without its quotes, in place: none is shorter than what it stands for.
  ///
  /// - Parameter range: of a string in which every escape is valid.
  /// - Returns: what is left of `range`.
  static func unescape(_ bytes: inout [UInt8], _ range: Range<Int>) -> Range<Int> {
    var source = range.lowerBound
    var target = range.lowerBound
    while source < range.upperBound {
      let byte = bytes[source]
      if byte != UInt8(ascii: "\\") {
        bytes[target] = byte
        source += 1
        target += 1
      } else if bytes[source + 1] == UInt8(ascii: "u") {
        let (scalar, length) = scalar(bytes, source..<range.upperBound)
        source += length
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[target] = unit
          target += 1
        }
      } else {
        bytes[target] = short(bytes[source + 1])
        source += 2
        target += 1
      }
    }
    return range.lowerBound..<target
  }

  /// Whether a backslash and this letter are an escape of their own.
  static func isShort(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      true
    default: false
    }
  }

  private static func short(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  /// The scalar that one `\u` escape or a surrogate pair of two stands for, and how many bytes that takes; half a pair
  /// stands for U+FFFD.
  private static func scalar(_ bytes: [UInt8], _ range: Range<Int>) -> (Unicode.Scalar, length: Int) {
    let first = unit(bytes, at: range.lowerBound + 2)
    if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
    let next = range.lowerBound + 6
    if UTF16.isLeadSurrogate(first), next + 6 <= range.upperBound, bytes[next] == UInt8(ascii: "\\"),
      bytes[next + 1] == UInt8(ascii: "u")
    {
      let second = unit(bytes, at: next + 2)
      if UTF16.isTrailSurrogate(second) { return (UTF16.decode(UTF16.EncodedScalar([first, second])), 12) }
    }
    return ("\u{FFFD}", 6)
  }

  /// Four hexadecimal digits.
  private static func unit(_ bytes: [UInt8], at place: Int) -> UInt16 {
    bytes[place..<place + 4].reduce(0) { $0 << 4 | UInt16(ASCII.hexDigit($1) ?? 0) }
  }
}
