import Tabular
import Upstream

/// Makes something of the records of a table, one after the other.
protocol RecordHarvest: Sendable {
  associatedtype Product: Sendable

  /// - Throws: ``UpstreamFailure`` if the table as a whole is not what it should be.
  mutating func take(_ record: borrowing Record) throws(UpstreamFailure)

  /// - Parameter header: nil if the answer had no records from which it could be known.
  mutating func finish(_ header: Header?) throws(UpstreamFailure) -> Product
}

/// Reads a table as it streams in, in whatever format; never more of it is in memory than one record and a chunk.
struct TableSink<Harvest: RecordHarvest>: BodySink {
  private var reader: any RecordReader
  private var harvest: Harvest?
  private var tail = Tail()
  private let endsLines: Bool

  /// - Parameter endsLines: whether the provider ends the last line of a CSV too, so that one without is cut off.
  init(_ reader: any RecordReader, _ harvest: Harvest, endsLines: Bool = false) {
    self.reader = reader
    self.harvest = harvest
    self.endsLines = endsLines
  }

  mutating func receive(_ chunk: Span<UInt8>) throws(UpstreamFailure) {
    tail.take(chunk)
    try feed { reader, body in try reader.read(chunk, body) }
  }

  mutating func finish() throws(UpstreamFailure) -> Harvest.Product {
    try feed { reader, body in try reader.finish(body) }
    // In JSON an empty list is whole; CSV begins with a header or not at all.
    if let reader = reader as? CSVReader {
      if reader.header == nil { throw .decode("the answer is empty, without even a header") }
      if endsLines, !reader.endsWithNewline { throw .decode("the answer is not whole: its last line has no end") }
    }
    guard let product = try harvest?.finish(reader.header) else { throw .decode("the answer cannot be read") }
    return product
  }

  private mutating func feed(
    _ step: (inout any RecordReader, (borrowing Record) throws -> Void) throws -> Void
  ) throws(UpstreamFailure) {
    // Moved out and back, so that the closure grows it in place rather than a copy of it.
    guard var harvest else { throw .decode("the answer cannot be read") }
    self.harvest = nil
    do {
      try step(&reader) { record in try harvest.take(record) }
    } catch {
      throw failure(error)
    }
    self.harvest = harvest
  }

  private func failure(_ error: any Error) -> UpstreamFailure {
    // What breaks the format may be the provider saying that it broke off.
    if tail.isError { return tail.failure }
    return .unreadable(error, isPage: tail.isPage)
  }
}

extension UpstreamFailure {
  /// What an error of a reader, or of what it fed, means for the answer as a whole.
  ///
  /// - Parameter isPage: whether the answer looks like a web page.
  static func unreadable(_ error: any Error, isPage: Bool) -> UpstreamFailure {
    switch error {
    case let error as UpstreamFailure: return error
    case is any DocumentError where isPage:
      return .decode("the answer is a web page: check base_url, and what stands between here and the provider")
    case let error as any DocumentError where error.isSchema: return .schema("\(error)")
    // Its text counts records and quotes nothing of them.
    case let error as any DocumentError: return .decode("the answer is not whole: \(error)")
    default: return .decode("the answer cannot be read")
    }
  }
}

extension [UInt8] {
  /// Whether the first byte that is no space opens a tag.
  var isWebPage: Bool { first { $0 > UInt8(ascii: " ") } == UInt8(ascii: "<") }
}

/// The first byte of a body and its last line, which tell what went wrong where the format alone does not.
private struct Tail {
  /// More than the longest line that a provider ends a broken answer with.
  private static let length = 256

  private var first: UInt8?
  private var bytes: [UInt8] = []

  var isPage: Bool { first == UInt8(ascii: "<") }

  /// Whether the last line says that the provider broke off, although it had begun with a success.
  var isError: Bool {
    var line = bytes[...]
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    if let end = line.lastIndex(of: UInt8(ascii: "\n")) { line = line[(end + 1)...] }
    return line.starts(with: Array("ERROR:".utf8))
  }

  var failure: UpstreamFailure { .decode("the provider broke off in the middle of its answer; nothing of it counts") }

  mutating func take(_ chunk: Span<UInt8>) {
    if first == nil {
      for index in chunk.indices where chunk[index] > UInt8(ascii: " ") {
        first = chunk[index]
        break
      }
    }
    let kept = min(chunk.count, Self.length)
    bytes.removeFirst(max(0, min(bytes.count, bytes.count + kept - Self.length)))
    for index in (chunk.count - kept)..<chunk.count { bytes.append(chunk[index]) }
  }
}
