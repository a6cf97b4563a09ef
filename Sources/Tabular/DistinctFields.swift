/// Tells whether a text has been met before in some group, by a hash of 64 bits: of a million texts two are taken for one
/// with a probability of 1 in 30 million.
package struct DistinctFields: Sendable {
  /// 0: none. At least a quarter of them are 0.
  private var slots = [UInt64](repeating: 0, count: 64)
  private let seed = UInt64.random(in: .min ... .max)
  package private(set) var count = 0

  package init() {}

  /// - Parameter group: texts of different groups are different.
  /// - Returns: whether the text is met for the first time in its group.
  package mutating func insert(_ record: borrowing Record, _ column: Int, in group: Int = 0) -> Bool {
    let range = record.bounds[column].range
    let groupSeed = seed &+ UInt64(truncatingIfNeeded: group) &* 0x9E37_79B9_7F4A_7C15
    return insert(FieldHash.hash(record.bytes.span.extracting(range), seed: groupSeed))
  }

  private mutating func insert(_ hash: UInt64) -> Bool {
    // No text may look like an empty slot.
    let hash = max(hash, 1)
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = hash
    count += 1
    if count * 4 > slots.count * 3 { grow() }
    return true
  }

  private mutating func grow() {
    var grown = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = grown.count - 1
    for hash in slots where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while grown[slot] != 0 { slot = (slot + 1) & mask }
      grown[slot] = hash
    }
    slots = grown
  }
}
