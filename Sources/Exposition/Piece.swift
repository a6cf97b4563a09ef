/// Some lines in both encodings, to be joined with others as they are.
///
/// Lines are compressed once, when the piece is made; but few of them only by a ``PieceJoiner``, together with others.
package struct Piece: Sendable {
  private enum Content: Sendable {
    case text([UInt8], Packed)
    /// In one copy for all their values. Prometheus asks for gzip, so the text is seldom wanted.
    case lines(LineHeads, [SampleValue], Packed)
    case few(LineHeads, [SampleValue])
  }

  private struct Packed: Sendable {
    let deflated: [UInt8]
    let checksum: Checksum
  }

  private let content: Content
  /// How many of the lines are samples.
  package let samples: Int

  package static let empty = Piece(identity: [], samples: 0)

  package init(identity: [UInt8], samples: Int) {
    // Pieces are kept: not with the room that they were written with.
    let kept = identity.capacity > identity.count + identity.count / 8 + 64 ? identity.trimmed() : identity
    content = .text(kept, Packed(deflated: Deflate.fragment(kept), checksum: Checksum(of: kept)))
    self.samples = samples
  }

  init(lines template: LineTemplate, values: [SampleValue]) {
    content = .lines(template.heads, values, Self.packed(template, values))
    samples = values.count
  }

  init(few heads: LineHeads, values: [SampleValue]) {
    content = .few(heads, values)
    samples = values.count
  }

  private static func packed(_ template: LineTemplate, _ values: [SampleValue]) -> Packed {
    let (deflated, checksum) = Stitcher(template, values).deflated()
    return Packed(deflated: deflated, checksum: checksum)
  }

  private var packed: Packed {
    switch content {
    case .text(_, let packed), .lines(_, _, let packed): packed
    // For whoever asks: usually they are joined with others before.
    case .few(let heads, let values): Self.packed(LineTemplate(heads), values)
    }
  }

  var isFew: Bool { few != nil }

  /// The lines, if there are only few.
  var few: (heads: LineHeads, values: [SampleValue])? {
    if case .few(let heads, let values) = content { (heads, values) } else { nil }
  }

  /// A fragment of raw deflate that can stand anywhere in a gzip member: byte-aligned, without a final block.
  package var deflated: [UInt8] { packed.deflated }

  /// Of the text.
  package var checksum: Checksum { packed.checksum }

  /// The text.
  package var identity: [UInt8] {
    if case .text(let bytes, _) = content { return bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size(.identity))
    write(.identity) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Bytes of ``write(_:_:)``; of the text of few lines only about so many.
  package func size(_ encoding: BodyEncoding) -> Int {
    switch (encoding, content) {
    case (.identity, .few(let heads, let values)): heads.size + Self.usualValue * values.count
    case (.identity, _): checksum.length
    case (.gzip, _): deflated.count
    }
  }

  /// Characters, with the end of the line.
  private static let usualValue = 12

  /// Hands on the bytes, in one part or several.
  package func write<Failure: Error>(
    _ encoding: BodyEncoding, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    switch (encoding, content) {
    case (.gzip, _): try deflated.handOn(body)
    case (.identity, .text(let bytes, _)): try bytes.handOn(body)
    case (.identity, .lines(let heads, let values, _)), (.identity, .few(let heads, let values)):
      try heads.write(values, body)
    }
  }
}

extension [UInt8] {
  /// Calls `body` with all bytes; `withUnsafeBytes` knows no typed errors.
  fileprivate func handOn<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try withUnsafeBytes { bytes in
      Result { () throws(Failure) in try body(bytes) }
    }.get()
  }
}
