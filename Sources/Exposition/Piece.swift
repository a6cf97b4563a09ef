/// Some lines in both encodings, to be joined with others as they are.
///
/// Lines are compressed once, when the piece is made; but few of them only by a ``PieceJoiner``, together with others.
package struct Piece: Sendable {
  private enum Text: Sendable {
    case bytes([UInt8])
    /// In one copy for all their values. Prometheus asks for gzip, so the text is seldom wanted.
    case lines(LineHeads, [SampleValue])
  }

  private struct Packed: Sendable {
    let deflated: [UInt8]
    let checksum: Checksum
  }

  private let text: Text
  /// nil if there are only few lines.
  private let packed: Packed?
  /// How many of the lines are samples.
  package let samples: Int

  package static let empty = Piece(identity: [], samples: 0)

  package init(identity: [UInt8], samples: Int) {
    // Pieces are kept: not with the room that they were written with.
    let kept = identity.capacity > identity.count + identity.count / 8 + 64 ? identity.trimmed() : identity
    text = .bytes(kept)
    packed = Packed(deflated: Deflate.fragment(kept), checksum: Checksum(of: kept))
    self.samples = samples
  }

  init(lines template: LineTemplate, values: [SampleValue]) {
    text = .lines(template.heads, values)
    packed = Self.packed(template, values)
    samples = values.count
  }

  init(few heads: LineHeads, values: [SampleValue]) {
    text = .lines(heads, values)
    packed = nil
    samples = values.count
  }

  private static func packed(_ template: LineTemplate, _ values: [SampleValue]) -> Packed {
    let (deflated, checksum) = Stitcher(template, values).deflated()
    return Packed(deflated: deflated, checksum: checksum)
  }

  /// Made for whoever asks, if there are only few lines.
  private var compressed: Packed {
    if let packed { return packed }
    guard case .lines(let heads, let values) = text else { return Packed(deflated: [], checksum: .empty) }
    return Self.packed(LineTemplate(heads), values)
  }

  var isFew: Bool { packed == nil }

  /// The lines, if there are only few.
  var few: (heads: LineHeads, values: [SampleValue])? {
    guard isFew, case .lines(let heads, let values) = text else { return nil }
    return (heads, values)
  }

  /// A fragment of raw deflate that can stand anywhere in a gzip member: byte-aligned, without a final block.
  package var deflated: [UInt8] { compressed.deflated }

  /// Of the text.
  package var checksum: Checksum { compressed.checksum }

  /// The text.
  package var identity: [UInt8] {
    if case .bytes(let bytes) = text { return bytes }
    var bytes: [UInt8] = []
    if let packed { bytes.reserveCapacity(packed.checksum.length) }
    write(.identity) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Bytes of ``write(_:_:)``; of the text of few lines only about so many.
  package func size(_ encoding: BodyEncoding) -> Int {
    switch (encoding, few) {
    case (.identity, let few?): few.heads.text.count + Self.usualValue * few.values.count
    case (.identity, nil): checksum.length
    case (.gzip, _): deflated.count
    }
  }

  /// Characters, with the end of the line.
  private static let usualValue = 12

  /// Hands on the bytes, in one part or several.
  package func write<Failure: Error>(
    _ encoding: BodyEncoding, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    switch (encoding, text) {
    case (.gzip, _): try deflated.handOn(body)
    case (.identity, .bytes(let bytes)): try bytes.handOn(body)
    case (.identity, .lines(let heads, let values)): try heads.write(values, body)
    }
  }
}

extension [UInt8] {
  fileprivate func trimmed() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = buffer.update(fromContentsOf: self)
    }
  }

  /// Calls `body` with all bytes; `withUnsafeBytes` knows no typed errors.
  fileprivate func handOn<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try withUnsafeBytes { bytes in
      Result { () throws(Failure) in try body(bytes) }
    }.get()
  }
}
