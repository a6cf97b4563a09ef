/// A family's metadata and its samples, in pieces that are kept while what they tell does not change.
package struct Section: Sendable {
  package let metadata: FamilyMetadata
  package let pieces: [Piece]

  package var family: Family { metadata.family }
  package var samples: Int { pieces.reduce(0) { $0 + $1.samples } }

  /// - Parameter metadata: kept by whoever makes sections again and again.
  package init(metadata: FamilyMetadata, pieces: [Piece]) {
    self.metadata = metadata
    self.pieces = pieces
  }

  package init(family: Family, pieces: [Piece]) {
    self.init(metadata: FamilyMetadata(family), pieces: pieces)
  }
}

/// Sections in the order in which they are served, each family once; those without samples are left out.
package struct Document: Sendable {
  package let sections: [Section]

  package static let empty = Document([])

  package var samples: Int { sections.reduce(0) { $0 + $1.samples } }

  package init(_ sections: [Section]) {
    self.sections = sections.filter { $0.samples > 0 }
  }

  /// Bytes of text that are compressed as a whole: families repeat each other, which makes a third or half of it, and it
  /// takes no more than two or three milliseconds after a change.
  private static let small = 1 << 19

  /// Everything in order, metadata included; in pieces that are ready, or in one if there is little to compress.
  package func pieces(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> [Piece] {
    let pieces = sections.flatMap { [$0.metadata.lines(format)] + $0.pieces }
    if encoding == .identity { return pieces }
    let length = pieces.reduce(0) { $0 + $1.size(.identity) }
    guard length <= Self.small else {
      var joiner = PieceJoiner()
      return joiner.join(pieces)
    }
    var text: [UInt8] = []
    text.reserveCapacity(length)
    for piece in pieces { piece.write(.identity) { text.append(contentsOf: $0) } }
    return [Piece(identity: text, samples: samples)]
  }

  package func encoded(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> EncodedRun {
    EncodedRun(pieces(format, encoding), encoding)
  }
}
