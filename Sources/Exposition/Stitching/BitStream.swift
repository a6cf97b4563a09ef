/// Writes bits as deflate packs them (RFC 1951, section 3.1.1): each byte is filled from its lowest bit up.
struct BitStream {
  private let start: UnsafeMutablePointer<UInt8>
  private var next: UnsafeMutablePointer<UInt8>
  private var pending: UInt64 = 0
  /// Bits of `pending` that are not a whole byte yet; less than 8.
  private var width = 0

  /// Each put stores a whole word, of which later ones overwrite what is not theirs.
  static let slack = 8

  /// - Parameter memory: with ``slack`` bytes more than what will be put.
  init(_ memory: UnsafeMutablePointer<UInt8>) {
    start = memory
    next = memory
  }

  /// Bytes written, the last one perhaps in part.
  var count: Int { next - start + (width > 0 ? 1 : 0) }

  /// - Parameters:
  ///   - bits: none set beyond `count`.
  ///   - count: at most 56.
  @inline(__always)
  mutating func put(_ bits: UInt64, _ count: Int) {
    pending |= bits &<< UInt64(truncatingIfNeeded: width)
    UnsafeMutableRawPointer(next).storeBytes(of: pending.littleEndian, as: UInt64.self)
    width &+= count
    next += width &>> 3
    pending &>>= UInt64(truncatingIfNeeded: width & ~7)
    width &= 7
  }

  /// Ends the current block's data on a byte boundary with an empty stored block (RFC 1951, section 3.2.4), so that any
  /// other block may follow.
  mutating func align() {
    put(0, 3)
    if width > 0 { put(0, 8 - width) }
    put(0xFFFF_0000, 32)
  }
}
