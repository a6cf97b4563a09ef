/// Numbers for texts, from 0 on in the order in which they are first met: ids of millions of records become places in an
/// array, without a string or a hash table of strings.
package struct FieldIndex: Sendable {
  /// All texts, one after the other.
  private var bytes: [UInt8] = []
  /// Where each ends in ``bytes``.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// 1 + the number of the text whose hash leads here, or to a place before it; 0: none. At least half of them are 0.
  private var slots = [UInt32](repeating: 0, count: 64)
  private let seed = UInt64.random(in: .min ... .max)

  package init() {}

  /// How many texts there are.
  package var count: Int { ends.count }

  package func text(_ number: Int) -> [UInt8] { Array(bytes[range(number)]) }

  /// The number of a field's text: ``count`` as it was before, if it is met for the first time.
  package mutating func number(of record: borrowing Record, _ column: Int) -> Int {
    number(of: record.bytes.span.extracting(record.bounds[column].range))
  }

  package mutating func number(of text: Span<UInt8>) -> Int {
    let hash = FieldHash.hash(text, seed: seed)
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if hashes[number] == hash, stands(number, text) { return number }
      slot = (slot &+ 1) & mask
    }
    return append(text, hash, slot)
  }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  @inline(__always)
  private func stands(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let range = range(number)
    let count = text.count
    guard range.count == count else { return false }
    let known = bytes.span.bytes.extracting(range)
    let raw = text.bytes
    if count >= 8 {
      var place = 0
      while place &+ 8 < count {
        if known.word(at: place) != raw.word(at: place) { return false }
        place &+= 8
      }
      return known.word(at: count &- 8) == raw.word(at: count &- 8)
    }
    for place in 0..<count where bytes[range.lowerBound + place] != text[place] { return false }
    return true
  }

  @inline(never)
  private mutating func append(_ text: Span<UInt8>, _ hash: UInt64, _ slot: Int) -> Int {
    let number = ends.count
    text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(number + 1)
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }
}
