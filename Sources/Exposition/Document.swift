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

  /// Bytes of samples that are compressed as a whole: families repeat each other, which makes a third or half of it, and it
  /// takes no more than two or three milliseconds after a change.
  private static let small = 1 << 19

  private var isSmall: Bool {
    sections.reduce(0) { $0 + $1.pieces.reduce(0) { $0 + $1.size(.identity) } } <= Self.small
  }

  /// The same with no pieces of few lines, unless it is small.
  ///
  /// - Parameter joiners: of the families, by their names, as the last such document left them.
  package func joined(by joiners: inout [String: PieceJoiner]) -> Document {
    if isSmall { return self }
    return Document(
      sections.map { section in
        Section(
          metadata: section.metadata,
          pieces: joiners[section.family.name, default: PieceJoiner()].join(section.pieces))
      })
  }

  /// Everything in order as it was made, metadata included.
  package func parts(_ format: ExpositionFormat) -> [Piece] {
    sections.flatMap { [$0.metadata.lines(format)] + $0.pieces }
  }

  /// Everything in order; for gzip in pieces that are ready, or in one if there is little to compress.
  package func pieces(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> [Piece] {
    if encoding == .identity { return parts(format) }
    guard isSmall else {
      var joiners: [String: PieceJoiner] = [:]
      return joined(by: &joiners).parts(format)
    }
    var text: [UInt8] = []
    for piece in parts(format) { piece.write(.identity) { text.append(contentsOf: $0) } }
    return [Piece(identity: text, samples: samples)]
  }

  package func encoded(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> EncodedRun {
    EncodedRun(pieces(format, encoding), encoding)
  }
}
