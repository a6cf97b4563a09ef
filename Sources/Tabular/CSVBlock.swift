private import CScan

/// What up to 64 bytes hold of commas, line feeds and quotes, as bits: the lowest is the first byte.
struct CSVBlock {
  /// Commas and line feeds.
  var separators: UInt64 = 0
  var quotes: UInt64 = 0

  @inline(__always)
  init(_ bytes: Span<UInt8>, at base: Int) {
    guard base + 64 <= bytes.count else {
      takeShort(bytes, at: base)
      return
    }
    // The pointer reaches over 64 bytes, which the guard has seen to be there.
    let block = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { scan_csv($0 + base) } ?? scan_csv_block(separators: 0, quotes: 0)
    }
    separators = block.separators
    quotes = block.quotes
  }

  /// The end of what has come so far.
  @inline(never)
  private mutating func takeShort(_ bytes: Span<UInt8>, at base: Int) {
    for place in base..<bytes.count {
      let bit: UInt64 = 1 << UInt64(place - base)
      switch bytes[place] {
      case UInt8(ascii: ","), UInt8(ascii: "\n"): separators |= bit
      case UInt8(ascii: "\""): quotes |= bit
      default: break
      }
    }
  }
}

extension UInt64 {
  /// Each bit with all below it, added without carry: 1 from every odd bit that is set to the next one.
  var spans: UInt64 {
    var bits = self
    bits ^= bits << 1
    bits ^= bits << 2
    bits ^= bits << 4
    bits ^= bits << 8
    bits ^= bits << 16
    return bits ^ bits << 32
  }
}
