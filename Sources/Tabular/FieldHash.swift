/// Hashes of bytes, 16 at a time: each step is a multiplication of 64 by 64 bits whose halves are folded (wyhash).
enum FieldHash {
  /// - Parameter seed: what makes hashes of one table other than those of another, so that nobody can know them beforehand.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
    let raw = bytes.bytes
    let count = bytes.count
    var state = seed ^ 0x2D35_8DCC_AA6C_78A5
    if count >= 8 {
      var place = 0
      while place &+ 16 < count {
        state = fold(raw.word(at: place) ^ 0x8BB8_4B93_962E_ACC9, raw.word(at: place &+ 8) ^ state)
        place &+= 16
      }
      // What is left, 16 bytes at most, from both ends: some bytes count twice.
      let first = count >= 16 ? count &- 16 : 0
      state = fold(raw.word(at: first) ^ 0x4B33_A62E_D433_D4A3, raw.word(at: count &- 8) ^ state)
    } else {
      var word: UInt64 = 0
      for index in bytes.indices { word = word << 8 | UInt64(bytes[index]) }
      state = fold(word ^ 0x4B33_A62E_D433_D4A3, state)
    }
    return fold(state ^ 0x4D5A_2DA5_1DE1_AA47, UInt64(truncatingIfNeeded: count) ^ 0x8BB8_4B93_962E_ACC9)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
