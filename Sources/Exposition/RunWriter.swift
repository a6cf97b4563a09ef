/// Writes families that are new in every response, as the exporter's own, and compresses them all at once.
package struct RunWriter: Sendable {
  private let format: ExpositionFormat
  private let encoding: BodyEncoding
  private var text: [UInt8] = []
  private var samples = 0

  package init(_ format: ExpositionFormat, _ encoding: BodyEncoding) {
    self.format = format
    self.encoding = encoding
  }

  /// Adds a family, unless it has no samples.
  package mutating func append(_ metadata: FamilyMetadata, _ writer: SampleWriter) {
    guard writer.count > 0 else { return }
    text.append(contentsOf: metadata.lines(format).identity)
    text.append(contentsOf: writer.lines)
    samples += writer.count
  }

  package consuming func finish() -> EncodedRun {
    switch encoding {
    case .identity: EncodedRun(bytes: text, checksum: .empty, samples: samples)
    case .gzip: EncodedRun(bytes: Deflate.fragment(text), checksum: Checksum(of: text), samples: samples)
    }
  }
}
