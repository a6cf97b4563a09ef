/// Some lines in both encodings, made once and joined with others as they are.
package struct Piece: Sendable, Hashable {
  package let identity: [UInt8]
  /// A fragment of raw deflate that can stand anywhere in a gzip member: byte-aligned, without a final block.
  package let deflated: [UInt8]
  /// Of ``identity``.
  package let checksum: Checksum
  /// How many of the lines are samples.
  package let samples: Int

  package static let empty = Piece(identity: [], samples: 0)

  package init(identity: [UInt8], samples: Int) {
    // Pieces are kept, often by the hundred thousand lines: not with the room that they were written with.
    self.identity = identity.capacity > identity.count + identity.count / 8 + 64 ? identity.trimmed() : identity
    deflated = Deflate.fragment(identity)
    checksum = Checksum(of: identity)
    self.samples = samples
  }

  package func bytes(_ encoding: BodyEncoding) -> [UInt8] {
    switch encoding {
    case .identity: identity
    case .gzip: deflated
    }
  }
}

extension [UInt8] {
  fileprivate func trimmed() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = buffer.update(fromContentsOf: self)
    }
  }
}
