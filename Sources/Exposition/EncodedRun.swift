/// A run of lines in one encoding, to be sent between other runs of the same response.
///
/// In `gzip` the bytes are deflate fragments without gzip's header and trailer, which ``Envelope`` adds for the whole.
package struct EncodedRun: Sendable, Hashable {
  package let bytes: [UInt8]
  /// Of the text. It is only filled in for `gzip`, whose trailer needs it.
  package let checksum: Checksum
  package let samples: Int

  package static let empty = EncodedRun(bytes: [], checksum: .empty, samples: 0)

  init(bytes: [UInt8], checksum: Checksum, samples: Int) {
    self.bytes = bytes
    self.checksum = checksum
    self.samples = samples
  }

  init(_ piece: Piece, _ encoding: BodyEncoding) {
    self.init([piece], encoding)
  }

  /// The pieces, one after the other: nothing is compressed.
  package init(_ pieces: [Piece], _ encoding: BodyEncoding) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.size(encoding) })
    for piece in pieces { piece.write(encoding) { bytes.append(contentsOf: $0) } }
    self.init(
      bytes: bytes, checksum: encoding == .gzip ? Checksum(of: pieces) : .empty,
      samples: pieces.reduce(0) { $0 + $1.samples })
  }

  /// What must come last in a body: OpenMetrics' `# EOF` line, nothing in text.
  package static func end(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> EncodedRun {
    switch format {
    case .text: empty
    case .openMetrics: EncodedRun(endOfOpenMetrics, encoding)
    }
  }

  private static let endOfOpenMetrics = Piece(identity: Array("# EOF\n".utf8), samples: 0)
}
