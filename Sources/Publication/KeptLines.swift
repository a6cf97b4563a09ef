import Exposition

/// The lines of one family, kept from one rendering to the next: labels are written and compressed when they are new, and
/// values when they have changed.
struct KeptLines<Key: Hashable & Sendable>: Sendable {
  private struct Block: Sendable {
    let lines: LineBlock
    var values: [SampleValue] = []
    var piece = Piece.empty
  }

  let keys: [Key]
  private var blocks: [Block]

  /// - Parameters:
  ///   - labels: of each key.
  ///   - others: lines of other families, perhaps with the same labels.
  init(_ metric: MetricDescriptor, _ keys: [Key], labels: (Key) -> LabelSet, sharing others: [KeptLines]) {
    self.keys = keys
    blocks = LineBlock.blocks(
      named: metric.family.name, count: keys.count, sharing: others.map { $0.blocks.map(\.lines) }
    ) { keys[$0].map(labels) }.map { Block(lines: $0) }
  }

  /// The lines as they are now; nil if a key has no value.
  mutating func pieces(_ value: (Key) -> SampleValue?) -> [Piece]? {
    var next = 0
    for index in blocks.indices {
      var values: [SampleValue] = []
      let lines = blocks[index].lines
      values.reserveCapacity(lines.count)
      for key in keys[next..<(next + lines.count)] {
        guard let value = value(key) else { return nil }
        values.append(value)
      }
      next += values.count
      if values != blocks[index].values {
        blocks[index].piece = lines.piece(values)
        blocks[index].values = values
      }
    }
    return blocks.map(\.piece)
  }
}

/// Kept lines of several families, with keys of one kind.
struct KeptFamilies<Family: Hashable & Sendable, Key: Hashable & Sendable>: Sendable {
  private var lines: [Family: KeptLines<Key>] = [:]
  /// Of all families.
  private(set) var count = 0

  /// - Parameters:
  ///   - keys: in the order of their lines.
  ///   - metric: nil for keys of which nothing is published.
  mutating func hold(
    _ keys: [Key], of family: (Key) -> Family, _ metric: (Family) -> MetricDescriptor?, labels: (Key) -> LabelSet
  ) {
    let held = lines
    lines = [:]
    count = 0
    for (family, keys) in Dictionary(grouping: keys, by: family) {
      guard let metric = metric(family) else { continue }
      count += keys.count
      let known = held[family]
      lines[family] =
        known?.keys == keys
        ? known : KeptLines(metric, keys, labels: labels, sharing: [lines, held].flatMap(\.values))
    }
  }

  /// The lines as they are now; nil if a key has no value, and the keys must be held anew.
  mutating func pieces(_ value: (Key) -> SampleValue?) -> [(family: Family, pieces: [Piece])]? {
    var result: [(Family, [Piece])] = []
    for family in lines.keys {
      guard let pieces = lines[family]?.pieces(value) else { return nil }
      result.append((family, pieces))
    }
    return result
  }
}
