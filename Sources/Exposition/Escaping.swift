extension [UInt8] {
  /// Appends `text` with backslash and line feed escaped, and the double quote if `quotes` is set.
  ///
  /// Both formats escape these three and nothing else: NUL, other control characters and all of Unicode stand as
  /// they are.
  mutating func append(escaping text: String, quotes: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(UInt8(ascii: "\\"))
      case UInt8(ascii: "\n"):
        append(UInt8(ascii: "\\"))
        append(UInt8(ascii: "n"))
      case UInt8(ascii: "\"") where quotes:
        append(UInt8(ascii: "\\"))
        append(UInt8(ascii: "\""))
      default:
        append(byte)
      }
    }
  }
}
