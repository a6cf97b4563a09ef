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
  func buffers(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> [ByteBuffer] {
    let published = published(format, encoding)
    let own = standing.run(format, encoding)
    let end = EncodedRun.end(format, encoding)
    let checksum = published.checksum.followed(by: own.checksum).followed(by: end.checksum)
    let tail = own.bytes + end.bytes + Envelope.tail(encoding, checksum)
    return [published.buffer, ByteBuffer(bytes: tail)]
  }

  private func published(_ format: ExpositionFormat, _ encoding: BodyEncoding) -> Ready {
    let variant = Variant(format: format, encoding: encoding)
    let (generation, run) = publisher.run(format, encoding)
    return ready.withLock { ready in
      if let known = ready[variant], known.generation >= generation { return known }
      var buffer = ByteBuffer(bytes: Envelope.head(encoding))
      buffer.writeBytes(run.bytes)
      let fresh = Ready(generation: generation, buffer: buffer, checksum: run.checksum)
      ready[variant] = fresh
      return fresh
    }
  }
}
