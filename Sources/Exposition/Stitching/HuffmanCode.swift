/// A prefix code as deflate describes it: by the lengths of its words (RFC 1951, section 3.2.2).
package struct HuffmanCode: Sendable {
  /// By symbol; 0 for one that never comes.
  package let lengths: [UInt8]
  /// By symbol, the first bit lowest.
  package let words: [UInt16]

  /// The longest word that deflate allows.
  private static let limit = 15

  init(lengths: [UInt8]) {
    self.lengths = lengths
    words = Self.words(lengths)
  }

  /// - Parameter counts: how often each symbol comes; at least two of them do.
  package init(counts: [Int]) {
    var counts = counts
    var lengths = Self.lengths(counts)
    // Flattening makes the tree lower; in the end all counts are equal.
    while lengths.contains(where: { $0 > Self.limit }) {
      counts = counts.map { $0 == 0 ? 0 : $0 / 4 + 1 }
      lengths = Self.lengths(counts)
    }
    self.init(lengths: lengths)
  }

  /// Huffman's algorithm over two queues: of symbols, and of subtrees, which come into being in the order of their counts.
  private static func lengths(_ counts: [Int]) -> [UInt8] {
    let symbols = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
    var weights = symbols.map { counts[$0] }
    var parents = [Int](repeating: 0, count: max(0, 2 * symbols.count - 1))
    var leaf = 0
    var tree = symbols.count
    func takeLeast() -> Int {
      let takesLeaf = leaf < symbols.count && (tree >= weights.count || weights[leaf] <= weights[tree])
      defer { if takesLeaf { leaf += 1 } else { tree += 1 } }
      return takesLeaf ? leaf : tree
    }
    while weights.count < parents.count {
      let (first, second) = (takeLeast(), takeLeast())
      parents[first] = weights.count
      parents[second] = weights.count
      weights.append(weights[first] + weights[second])
    }
    var depths = [UInt8](repeating: 0, count: parents.count)
    for node in parents.indices.dropLast().reversed() { depths[node] = depths[parents[node]] + 1 }
    var lengths = [UInt8](repeating: 0, count: counts.count)
    for (node, symbol) in symbols.enumerated() { lengths[symbol] = depths[node] }
    return lengths
  }

  private static func words(_ lengths: [UInt8]) -> [UInt16] {
    var next: UInt16 = 0
    var words = [UInt16](repeating: 0, count: lengths.count)
    for length in 1...UInt8(limit) {
      next <<= 1
      for symbol in lengths.indices where lengths[symbol] == length {
        words[symbol] = next.reversed(length)
        next += 1
      }
    }
    return words
  }
}

extension UInt16 {
  /// The lowest `count` bits in the opposite order.
  fileprivate func reversed(_ count: UInt8) -> UInt16 {
    (0..<count).reduce(0) { $0 | ((self >> UInt16($1)) & 1) << UInt16(count - 1 - $1) }
  }
}
