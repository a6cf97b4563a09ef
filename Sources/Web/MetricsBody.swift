import Exposition
import NIOCore
import Publication
import Synchronization

/// Makes bodies of what is published and of what the exporter says of itself.
///
/// The published part is one buffer per format and encoding, made once per change and sent by every scrape as it is.
final class MetricsBody: Sendable {
  private struct Variant: Hashable {
    let format: ExpositionFormat
    let encoding: BodyEncoding
  }

  private struct Ready {
    let generation: Int
    let buffer: ByteBuffer
    let checksum: Checksum
  }

  private let publisher: Publisher
  private let standing: ExporterStanding
  private let ready = Mutex<[Variant: Ready]>([:])

  init(publisher: Publisher, standing: ExporterStanding) {
    self.publisher = publisher
    self.standing = standing
  }

  /// The buffers of one body, in order.
  func buffers(_ format: ExpositionFormat, _ encoding: BodyEncoding, _ query: ScrapeQuery) -> [ByteBuffer] {
    let published =
      query.selection == .everything
      ? published(format, encoding) : selected(query.selection, format, encoding)
    let own = query.includesExporter ? standing.run(format, encoding) : .empty
    let end = EncodedRun.end(format, encoding)
    let checksum = published.checksum.followed(by: own.checksum).followed(by: end.checksum)
    let tail = own.bytes + end.bytes + Envelope.tail(encoding, checksum)
    return [published.buffer, ByteBuffer(bytes: tail)]
  }

  /// A part of what is published: of ready pieces, but put together for this scrape alone.
  private func selected(_ selection: ScrapeSelection, _ format: ExpositionFormat, _ encoding: BodyEncoding) -> Ready {
    ready(publisher.run(format, encoding, of: selection), generation: 0, encoding)
  }

  private func published(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> Ready {
    let variant = Variant(format: format, encoding: encoding)
    let (generation, run) = publisher.run(format, encoding)
    return ready.withLock { ready in
      if let known = ready[variant], known.generation >= generation { return known }
      let fresh = self.ready(run, generation: generation, encoding)
      ready[variant] = fresh
      return fresh
    }
  }

  private func ready(_ run: EncodedRun, generation: Int, _ encoding: BodyEncoding) -> Ready {
    var buffer = ByteBuffer(bytes: Envelope.head(encoding))
    buffer.writeBytes(run.bytes)
    return Ready(generation: generation, buffer: buffer, checksum: run.checksum)
  }
}
