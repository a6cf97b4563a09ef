import CZlib

/// CRC-32 and length of some text: what gzip's trailer (RFC 1952, section 2.3.1) says of the whole.
package struct Checksum: Sendable, Hashable {
  package let crc32: UInt32
  /// In bytes.
  package let length: Int

  /// Of no text.
  package static let empty = Checksum(crc32: 0, length: 0)

  package init(crc32: UInt32, length: Int) {
    self.crc32 = crc32
    self.length = length
  }

  package init(of bytes: [UInt8]) {
    let crc = bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    // zlib answers a null pointer with the initial value, 0, as it does no bytes.
    self.init(crc32: UInt32(truncatingIfNeeded: crc), length: bytes.count)
  }

  /// The checksum of this text with the other after it, without reading either.
  package func followed(by next: Checksum) -> Checksum {
    let crc = crc32_combine(UInt(crc32), UInt(next.crc32), next.length)
    return Checksum(crc32: UInt32(truncatingIfNeeded: crc), length: length + next.length)
  }
}
