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
    self.init(
      bytes: piece.bytes(encoding),
      checksum: encoding == .gzip ? piece.checksum : .empty,
      samples: piece.samples)
  }

  /// The sections that have samples, one after the other: copies of ready bytes, nothing is rendered or compressed.
  package static func compose(
    _ sections: [Section], format: ExpositionFormat, encoding: BodyEncoding
  ) -> EncodedRun {
    var parts: [Piece] = []
    for section in sections where section.samples > 0 {
      parts.append(section.metadata.lines(format))
      parts.append(contentsOf: section.pieces)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes(encoding).count })
    var checksum = Checksum.empty
    var samples = 0
    for part in parts {
      bytes.append(contentsOf: part.bytes(encoding))
      if encoding == .gzip { checksum = checksum.followed(by: part.checksum) }
      samples += part.samples
    }
    return EncodedRun(bytes: bytes, checksum: checksum, samples: samples)
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
