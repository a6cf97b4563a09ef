/// Gzip (RFC 1952) without a compressor: enough for a client to have something to expand.
enum Gzip {
  /// `bytes` in stored blocks.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var out = header
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      out.append(rest.isEmpty ? 1 : 0)
      out += little(length) + little(~length) + block
    } while !rest.isEmpty
    return out + little(checksum(bytes)) + little(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// About `count` spaces, at 160 bytes for one. The checksum at the end is wrong: nobody should get that far.
  static func bomb(_ count: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.write(0b1, 1)  // the last block,
    bits.write(0b01, 2)  // of fixed Huffman codes:
    bits.writeReversed(0x30 + 0x20, 8)  // one space,
    for _ in 0..<count / 258 {
      bits.writeReversed(0b1100_0101, 8)  // then 258 bytes (code 285)
      bits.writeReversed(0, 5)  // from one byte before,
    }
    bits.writeReversed(0, 7)  // and the end.
    return header + bits.finished() + little(UInt32(0)) + little(UInt32(truncatingIfNeeded: count / 258 * 258 + 1))
  }

  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }
}

private struct BitWriter {
  private var bytes: [UInt8] = []
  private var buffer: UInt32 = 0
  private var filled: UInt32 = 0

  /// The lowest bit first.
  mutating func write(_ bits: UInt32, _ count: UInt32) {
    buffer |= bits << filled
    filled += count
    while filled >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: buffer))
      buffer >>= 8
      filled -= 8
    }
  }

  /// The highest bit first, as Huffman codes are written.
  mutating func writeReversed(_ bits: UInt32, _ count: UInt32) {
    for shift in (0..<count).reversed() { write((bits >> shift) & 1, 1) }
  }

  mutating func finished() -> [UInt8] {
    if filled > 0 { write(0, 8 - filled) }
    return bytes
  }
}
