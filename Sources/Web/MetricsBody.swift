import Exposition
import NIOCore
import Publication
import Synchronization

/// Makes bodies of what is published and of what the exporter says of itself.
///
/// The published part is one buffer per format and encoding, made once per change and sent by every scrape as it is.
final class MetricsBody: Sendable {
  struct Published: Sendable {
    fileprivate var generation = -1
    fileprivate var buffer = ByteBuffer()
    fileprivate var checksum = Checksum.empty
    /// The number of the scrape that asked for it last.
    fileprivate var asked = 0

    /// Takes the place of what it was, and also its room unless that is still being sent.
    fileprivate mutating func become(_ document: Document, _ variant: BodyVariant) {
      let pieces = document.pieces(variant.format, variant.encoding)
      let head = Envelope.head(variant.encoding)
      buffer.clear(minimumCapacity: head.count + pieces.reduce(0) { $0 + $1.size(variant.encoding) })
      buffer.writeBytes(head)
      for piece in pieces { piece.write(variant.encoding) { buffer.writeBytes($0) } }
      // Only gzip tells it.
      checksum = variant.encoding == .gzip ? Checksum(of: pieces) : .empty
    }
  }

  private struct Shelf {
    var bodies: [BodyVariant: Published] = [:]
    var scrapes = 0
  }

  private let publisher: Publisher
  private let standing: ExporterStanding
  private let shelf = Mutex(Shelf())
  /// Held while a body is made, so that two scrapes do not make the same; whoever only looks what is there does not wait.
  private let making = Mutex(())

  /// A body that none of so many scrapes asked for is not kept ready.
  private static let patience = 20

  /// Bytes of bodies, with which there comes and goes much else.
  private static let large = 4 << 20

  init(publisher: Publisher, standing: ExporterStanding) {
    self.publisher = publisher
    self.standing = standing
  }

  /// The buffers of one body, in order.
  func buffers(_ published: Published, _ variant: BodyVariant, includesExporter: Bool) -> [ByteBuffer] {
    let (format, encoding) = (variant.format, variant.encoding)
    let own = includesExporter ? standing.run(format, encoding) : .empty
    let end = EncodedRun.end(format, encoding)
    let checksum = published.checksum.followed(by: own.checksum).followed(by: end.checksum)
    let tail = own.bytes + end.bytes + Envelope.tail(encoding, checksum)
    return [published.buffer, ByteBuffer(bytes: tail)]
  }

  /// Everything published, for a scrape; nil if that has to be put together first, or has more than `largest` bytes.
  func ready(_ variant: BodyVariant, largest: Int) -> Published? {
    guard let known = known(variant), known.buffer.readableBytes <= largest else { return nil }
    noteAsked(variant)
    return known
  }

  /// Makes the bodies that scrapes ask for whenever something was published, until it is cancelled.
  func keepReady() async {
    for await _ in publisher.changes { prepare() }
  }

  func prepare() {
    let variants = shelf.withLock { shelf in
      let scrapes = shelf.scrapes
      shelf.bodies = shelf.bodies.filter { scrapes - $0.value.asked < Self.patience }
      return Array(shelf.bodies.keys)
    }
    let size = variants.reduce(0) { $0 + current($1).buffer.readableBytes }
    if size > Self.large { SpareMemory.release() }
  }

  /// What is selected of everything published, for a scrape.
  func published(_ variant: BodyVariant, _ selection: ScrapeSelection) -> Published {
    guard selection == .everything else {
      var part = Published()
      part.become(publisher.document(of: selection), variant)
      return part
    }
    let current = current(variant)
    noteAsked(variant)
    return current
  }

  private func noteAsked(_ variant: BodyVariant) {
    shelf.withLock { shelf in
      shelf.scrapes += 1
      shelf.bodies[variant]?.asked = shelf.scrapes
    }
  }

  private func current(_ variant: BodyVariant) -> Published {
    if let known = known(variant) { return known }
    return making.withLock { _ in
      // Somebody else may have made it meanwhile.
      if let known = known(variant) { return known }
      var body = shelf.withLock { $0.bodies.removeValue(forKey: variant) ?? Published(asked: $0.scrapes) }
      let (generation, document) = publisher.document()
      body.become(document, variant)
      body.generation = generation
      shelf.withLock { $0.bodies[variant] = body }
      return body
    }
  }

  /// - Returns: nil if there is none but of an earlier state.
  private func known(_ variant: BodyVariant) -> Published? {
    let generation = publisher.generation
    return shelf.withLock { $0.bodies[variant].flatMap { $0.generation >= generation ? $0 : nil } }
  }
}
