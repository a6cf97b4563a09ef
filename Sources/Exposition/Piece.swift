/// Some lines in both encodings, compressed once and joined with others as they are.
package struct Piece: Sendable {
  private enum Text: Sendable {
    case bytes([UInt8])
    /// Lines that are kept in one copy for all their values. Prometheus asks for gzip, so their text is seldom wanted.
    case lines(LineTemplate, [SampleValue])
  }

  private let text: Text
  /// A fragment of raw deflate that can stand anywhere in a gzip member: byte-aligned, without a final block.
  package let deflated: [UInt8]
  /// Of the text.
  package let checksum: Checksum
  /// How many of the lines are samples.
  package let samples: Int

  package static let empty = Piece(identity: [], samples: 0)

  package init(identity: [UInt8], samples: Int) {
    // Pieces are kept, often by the hundred thousand lines: not with the room that they were written with.
    let kept = identity.capacity > identity.count + identity.count / 8 + 64 ? identity.trimmed() : identity
    self.init(.bytes(kept), deflated: Deflate.fragment(kept), checksum: Checksum(of: kept), samples: samples)
  }

  private init(_ text: Text, deflated: [UInt8], checksum: Checksum, samples: Int) {
    self.text = text
    self.deflated = deflated
    self.checksum = checksum
    self.samples = samples
  }

  init(lines template: LineTemplate, values: [SampleValue]) {
    let (deflated, checksum) = Stitcher(template, values).deflated()
    self.init(.lines(template, values), deflated: deflated, checksum: checksum, samples: values.count)
  }

  /// The text.
  package var identity: [UInt8] {
    if case .bytes(let bytes) = text { return bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(checksum.length)
    write(.identity) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Bytes of ``write(_:_:)``.
  package func size(_ encoding: BodyEncoding) -> Int {
    switch encoding {
    case .identity: checksum.length
    case .gzip: deflated.count
    }
  }

  /// Hands on the bytes, in one part or several.
  package func write<Failure: Error>(
    _ encoding: BodyEncoding, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    switch (encoding, text) {
    case (.gzip, _): try deflated.handOn(body)
    case (.identity, .bytes(let bytes)): try bytes.handOn(body)
    case (.identity, .lines(let template, let values)): try Stitcher(template, values).write(body)
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
  func handOn<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try withUnsafeBytes { bytes in
      Result { () throws(Failure) in try body(bytes) }
    }.get()
  }
}
