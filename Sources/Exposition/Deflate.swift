import CZlib

/// Raw deflate (RFC 1951) in fragments that can be put one after the other.
package enum Deflate {
  /// Bytes that expand to `bytes` wherever they stand in a deflate stream.
  ///
  /// A fragment refers to nothing before it, ends on a byte boundary and has no final block.
  package static func fragment(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.isEmpty { return [] }
    return compressed(bytes) ?? stored(bytes)
  }

  /// An empty final block with fixed codes, which ends the stream.
  static let end: [UInt8] = [0x03, 0x00]

  /// - Returns: nil if zlib has no memory, or the text is longer than it takes at once.
  private static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    guard let length = UInt32(exactly: bytes.count) else { return nil }
    var stream = z_stream()
    // A short text needs neither zlib's 32 KiB window nor its hash tables, and clearing them is most of its cost.
    // Every reader has the whole window, so fragments made with different ones may follow each other.
    let bits = Int32(min(15, max(9, Int.bitWidth - bytes.count.leadingZeroBitCount)))
    let begun = deflateInit2_(
      &stream, Z_BEST_SPEED, Z_DEFLATED, -bits, min(8, bits - 7), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard begun == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    // The flush adds an empty stored block and up to a byte of padding to what `deflateBound` knows of.
    guard let room = UInt32(exactly: deflateBound(&stream, UInt(length)) + 16) else { return nil }
    return bytes.withUnsafeBufferPointer { input in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(room)) { output -> [UInt8]? in
        // zlib declares its input mutable, but does not write to it.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = length
        stream.next_out = output.baseAddress
        stream.avail_out = room
        guard deflate(&stream, Z_SYNC_FLUSH) == Z_OK, stream.avail_in == 0, stream.avail_out > 0 else { return nil }
        return Array(output[..<Int(room - stream.avail_out)])
      }
    }
  }

  /// Blocks without compression (RFC 1951, section 3.2.4): larger, but nothing can go wrong.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let block = rest.prefix(0xFFFF)
      let length = UInt16(block.count)
      result.append(0)
      for field in [length, ~length] {
        result.append(UInt8(truncatingIfNeeded: field))
        result.append(UInt8(truncatingIfNeeded: field >> 8))
      }
      result.append(contentsOf: block)
      rest = rest.dropFirst(block.count)
    }
    return result
  }
}
