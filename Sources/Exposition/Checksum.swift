import CDeflate
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
    self.init(crc32: bytes.withUnsafeBytes { Checksum.crc32(0, $0) }, length: bytes.count)
  }

  /// Goes on with the CRC-32 of what came before, which is 0 for nothing.
  ///
  /// By libdeflate, several times as fast as zlib: it reads every byte of every changed line.
  static func crc32(_ crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    // A null pointer is answered with the initial value, whatever came before.
    bytes.isEmpty ? crc : libdeflate_crc32(crc, bytes.baseAddress, bytes.count)
  }

  /// The checksum of this text with the other after it, without reading either.
  package func followed(by next: Checksum) -> Checksum {
    let crc = crc32_combine(UInt(crc32), UInt(next.crc32), next.length)
    return Checksum(crc32: UInt32(truncatingIfNeeded: crc), length: length + next.length)
  }

  /// Of the texts of `pieces`, one after the other.
  package init(of pieces: [Piece]) {
    self = pieces.reduce(.empty) { $0.followed(by: $1.checksum) }
  }
}
