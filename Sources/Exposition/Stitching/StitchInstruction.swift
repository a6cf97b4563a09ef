/// One step in writing compressed lines, in a word.
struct StitchInstruction: Sendable, Hashable, BitwiseCopyable {
  private let word: UInt64

  private static let matchFlag: UInt64 = 0x80
  static let mostBits = 56

  /// A value and the end of its line.
  static let value = StitchInstruction(word: 0)

  private init(word: UInt64) {
    self.word = word
  }

  /// Bits of text, from 1 to ``mostBits`` of them.
  init(bits: UInt64, count: Int) {
    word = UInt64(count) << 56 | bits
  }

  /// A match: the bits of its length, at most 20, and its distance less the length of the last value.
  init(length: UInt64, count: Int, distance: Int) {
    word = (Self.matchFlag | UInt64(count)) << 56 | UInt64(distance) << 32 | length
  }

  var isValue: Bool { word == 0 }
  var isMatch: Bool { word >> 63 == 1 }
  /// Of text, or of a match's length.
  @inline(__always) var count: Int { Int(truncatingIfNeeded: word &>> 56 & 0x7F) }
  @inline(__always) var bits: UInt64 { word & 0x00FF_FFFF_FFFF_FFFF }
  @inline(__always) var length: UInt64 { word & 0xFFFF_FFFF }
  @inline(__always) var distance: Int { Int(truncatingIfNeeded: word &>> 32 & 0xFFFF) }
}
