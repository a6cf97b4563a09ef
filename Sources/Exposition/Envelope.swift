/// What stands around the runs of a response body.
///
/// A body is, in this order: ``head(_:)``, any number of runs, ``EncodedRun/end(_:_:)``, ``tail(_:_:)`` with the checksum
/// of all runs. In gzip that is one member, since curl and browsers read no further than the first.
package enum Envelope {
  /// RFC 1952, section 2.3: deflate, no flags, no time, fastest compression, unknown system.
  private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 255]

  package static func head(_ encoding: BodyEncoding) -> [UInt8] {
    switch encoding {
    case .identity: []
    case .gzip: gzipHead
    }
  }

  /// - Parameter checksum: of all runs in order, ``EncodedRun/end(_:_:)`` among them.
  package static func tail(_ encoding: BodyEncoding, _ checksum: Checksum) -> [UInt8] {
    switch encoding {
    case .identity: return []
    case .gzip:
      var bytes = Deflate.end
      // The length is told modulo 2^32.
      for field in [checksum.crc32, UInt32(truncatingIfNeeded: checksum.length)] {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: field >> UInt32(shift))) }
      }
      return bytes
    }
  }

  /// A whole body in one array, its end line included.
  package static func body(
    of runs: [EncodedRun], _ format: ExpositionFormat, _ encoding: BodyEncoding
  ) -> [UInt8] {
    let runs = runs + [EncodedRun.end(format, encoding)]
    let checksum = runs.reduce(Checksum.empty) { $0.followed(by: $1.checksum) }
    return head(encoding) + runs.flatMap(\.bytes) + tail(encoding, checksum)
  }
}
