extension CSVScanner {
  /// Which of the up to 64 bytes from `base` on are commas, quotes or line feeds: the lowest bit is the first byte.
  static func block(_ bytes: Span<UInt8>, at base: Int) -> UInt64 {
    guard base + 64 <= bytes.count else { return shortBlock(bytes, at: base) }
    let raw = bytes.bytes
    var mask: UInt64 = 0
    var offset = 0
    while offset < 64 {
      // "Unsafe" is only which types may be loaded; any eight bytes are a word. The place is checked.
      let word = raw.unsafeLoadUnaligned(fromByteOffset: base + offset, as: UInt64.self)
      mask |= specials(UInt64(littleEndian: word)) << UInt64(offset)
      offset += 8
    }
    return mask
  }

  private static func shortBlock(_ bytes: Span<UInt8>, at base: Int) -> UInt64 {
    var mask: UInt64 = 0
    for place in base..<bytes.count {
      switch bytes[place] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"): mask |= 1 << UInt64(place - base)
      default: break
      }
    }
    return mask
  }

  /// The eight bytes of a word in eight bits: 1 for a comma, a quote or a line feed.
  @inline(__always)
  private static func specials(_ word: UInt64) -> UInt64 {
    let hits =
      zeros(word ^ 0x2C2C_2C2C_2C2C_2C2C) | zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
    // Each byte is 0x80 or 0; the product brings these eight bits together at the top.
    return ((hits >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  /// 0x80 in each byte that is 0, without a carry from one byte to the next (Hacker's Delight, section 6-1).
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
  }
}
