import Exposition
import NIOCore
import Publication
import Synchronization

/// Makes bodies of what is published and of what the exporter says of itself.
///
/// The published part is one buffer per format and encoding, made once per change and sent by every scrape as it is.
final class MetricsBody: Sendable {
  private struct Ready {
    let generation: Int
    let buffer: ByteBuffer
    let checksum: Checksum
  }

  private let publisher: Publisher
  private let standing: ExporterStanding
  private let ready = Mutex<[BodyVariant: Ready]>([:])

  init(publisher: Publisher, standing: ExporterStanding) {
    self.publisher = publisher
    self.standing = standing
  }

  /// The buffers of one body, in order.
  func buffers(_ variant: BodyVariant, _ query: ScrapeQuery) -> [ByteBuffer] {
    let (format, encoding) = (variant.format, variant.encoding)
    let published =
      query.selection == .everything
      ? published(variant) : Self.ready(publisher.document(of: query.selection), generation: 0, variant)
    let own = query.includesExporter ? standing.run(format, encoding) : .empty
    let end = EncodedRun.end(format, encoding)
    let checksum = published.checksum.followed(by: own.checksum).followed(by: end.checksum)
    let tail = own.bytes + end.bytes + Envelope.tail(encoding, checksum)
    return [published.buffer, ByteBuffer(bytes: tail)]
  }

  /// Whether nothing has to be put together for an answer with everything.
  func isReady(_ variant: BodyVariant) -> Bool {
    let generation = publisher.generation
    return ready.withLock { $0[variant].map { $0.generation >= generation } ?? false }
  }

  private func published(_ variant: BodyVariant) -> Ready {
    ready.withLock { ready in
      let generation = publisher.generation
      if let known = ready[variant], known.generation >= generation { return known }
      // Bodies of an earlier state are of no more use, whoever asked for them.
      ready = ready.filter { $0.value.generation >= generation }
      let (current, document) = publisher.document()
      let fresh = Self.ready(document, generation: current, variant)
      ready[variant] = fresh
      return fresh
    }
  }

  private static func ready(_ document: Document, generation: Int, _ variant: BodyVariant) -> Ready {
    let pieces = document.pieces(variant.format)
    let head = Envelope.head(variant.encoding)
    var buffer = ByteBuffer()
    buffer.reserveCapacity(head.count + pieces.reduce(0) { $0 + $1.size(variant.encoding) })
    buffer.writeBytes(head)
    for piece in pieces { piece.write(variant.encoding) { buffer.writeBytes($0) } }
    // Only gzip tells it.
    let checksum = variant.encoding == .gzip ? Checksum(of: pieces) : .empty
    return Ready(generation: generation, buffer: buffer, checksum: checksum)
  }
}
