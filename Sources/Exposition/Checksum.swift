import CDeflate

/// CRC-32 and length of some text: what gzip's trailer (RFC 1952, section 2.3.1) says of the whole.
package struct Checksum: Sendable, Hashable {
  package let crc32: UInt32
  /// In bytes.
  package let length: Int
  /// What a checksum is multiplied with when this text follows it.
  private let shift: UInt32

  /// Of no text.
  package static let empty = Checksum(crc32: 0, length: 0)

  package init(crc32: UInt32, length: Int) {
    self.init(crc32: crc32, length: length, shift: CRCPolynomial.shift(bytes: length))
  }

  private init(crc32: UInt32, length: Int, shift: UInt32) {
    self.crc32 = crc32
    self.length = length
    self.shift = shift
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
    Checksum(
      crc32: CRCPolynomial.product(next.shift, crc32) ^ next.crc32, length: length + next.length,
      shift: CRCPolynomial.product(shift, next.shift))
  }

  /// Of the texts of `pieces`, one after the other.
  package init(of pieces: [Piece]) {
    self = pieces.reduce(.empty) { $0.followed(by: $1.checksum) }
  }
}

/// Polynomials modulo that of CRC-32, the coefficient of 1 in the highest bit.
enum CRCPolynomial {
  private static let one: UInt32 = 1 << 31
  private static let modulus: UInt32 = 0xEDB8_8320

  /// x to the power of the bits of so many bytes.
  static func shift(bytes: Int) -> UInt32 {
    var power = one >> 8
    var product = one
    var rest = bytes
    while rest > 0 {
      if rest & 1 == 1 { product = Self.product(product, power) }
      power = Self.product(power, power)
      rest >>= 1
    }
    return product
  }

  static func product(_ left: UInt32, _ right: UInt32) -> UInt32 {
    var (left, right, product) = (left, right, UInt32(0))
    while left != 0 {
      if left & one != 0 { product ^= right }
      left <<= 1
      right = right & 1 == 0 ? right >> 1 : (right >> 1) ^ modulus
    }
    return product
  }
}
