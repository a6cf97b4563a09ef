/// The alphabets of a deflate block (RFC 1951, section 3.2.5).
package enum DeflateSymbols {
  static let literalCount = 286
  static let distanceCount = 30
  static let endOfBlock = 256
  static let longestMatch = 258
  static let farthestMatch = 32_768

  /// What a length or a distance is written as: a symbol, and bits after it.
  package struct Coded {
    package let symbol: Int
    package let extra: UInt64
    let extraCount: Int
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthExtras = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]

  /// - Parameter length: from 3 to 258.
  package static func length(_ length: Int) -> Coded {
    let index = lengthBases.lastIndex { $0 <= length } ?? 0
    return Coded(
      symbol: 257 + index, extra: UInt64(length - lengthBases[index]), extraCount: lengthExtras[index])
  }

  /// - Parameter distance: from 1 to 32,768.
  @inline(__always)
  package static func distance(_ distance: Int) -> Coded {
    let offset = UInt64(truncatingIfNeeded: distance &- 1)
    guard offset >= 4 else { return Coded(symbol: Int(truncatingIfNeeded: offset), extra: 0, extraCount: 0) }
    // Two symbols for each power of two: the bit after the highest one says which.
    let high = 63 &- offset.leadingZeroBitCount
    let extraCount = high &- 1
    let second = Int(truncatingIfNeeded: (offset &>> UInt64(truncatingIfNeeded: extraCount)) & 1)
    let mask = (1 as UInt64) &<< UInt64(truncatingIfNeeded: extraCount) &- 1
    return Coded(symbol: 2 &* high &+ second, extra: offset & mask, extraCount: extraCount)
  }
}
