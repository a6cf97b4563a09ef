/// Whole numbers in as few bytes as they need: seven bits in each, the low ones first, and the eighth set in all but the last.
/// Signed ones alternate (0, -1, 1, -2 …), so that those near zero are short whatever their sign.
enum Base128 {
  static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  static func append(signed number: Int64, to bytes: inout [UInt8]) {
    append(UInt64(bitPattern: (number << 1) ^ (number >> 63)), to: &bytes)
  }

  /// Reads one number after another.
  struct Reader {
    private let bytes: UnsafeRawBufferPointer
    private var place: Int

    init(_ bytes: UnsafeRawBufferPointer, from place: Int = 0) {
      self.bytes = bytes
      self.place = place
    }

    var isAtEnd: Bool { place >= bytes.count }

    /// - Returns: nil if the bytes end within the number, or if it has more than 64 bits.
    mutating func next() -> UInt64? {
      var number: UInt64 = 0
      // Ten groups of seven bits hold 64; of the tenth only the lowest bit counts.
      for shift in stride(from: UInt64(0), through: 63, by: 7) {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        guard shift < 63 || byte <= 1 else { return nil }
        place += 1
        number |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return number }
      }
      return nil
    }

    mutating func nextSigned() -> Int64? {
      next().map { Int64(bitPattern: ($0 >> 1) ^ (0 &- ($0 & 1))) }
    }
  }
}
