/// Reads a CSV document (RFC 4180) from chunks of any size, in memory bounded by its longest record.
///
/// Lines end with LF or CRLF, the last one may lack its end; empty lines and a byte order mark are skipped. The first
/// record is the header, and each other one must have as many fields. A quote inside an unquoted field stands for itself.
///
/// A reader that has thrown is of no more use.
package struct CSVReader: RecordReader {
  /// The names of the columns, once they have been read; nil at the end means a document without any record.
  package private(set) var header: Header?
  /// Records read so far, the header among them.
  package var records: Int { row.number }
  /// Whether the last record had a line end. One that is cut off within its last field has none, and nothing else shows it.
  package private(set) var endsWithNewline = true

  /// How many bytes are held between two chunks: those of a record that is not complete yet.
  package var heldBytes: Int { row.bytes.count }

  private let limits: CSVLimits
  private let required: [String]
  private var row = Record()
  private var scanner = CSVScanner()
  /// Where the current record begins.
  private var recordStart = 0
  private var isAtStart = true

  /// As much as is taken from a large chunk at once: it stays in the processor's cache.
  private static let slice = 64 << 10
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameter required: columns without which the document is refused as soon as its header is read.
  package init(limits: CSVLimits = CSVLimits(), required: [String] = []) {
    self.limits = limits
    self.required = required
  }

  /// Takes the next bytes and hands on each record that they complete.
  ///
  /// - Throws: ``CSVError``, or what `body` throws.
  package mutating func read(_ chunk: Span<UInt8>, _ body: (borrowing Record) throws -> Void) throws {
    var offset = 0
    while offset < chunk.count {
      let end = min(offset + CSVReader.slice, chunk.count)
      chunk.extracting(offset..<end).withUnsafeBufferPointer { row.bytes.append(contentsOf: $0) }
      offset = end
      if isAtStart && !skipByteOrderMark() { continue }
      try drain(body)
    }
  }

  /// Takes the end of the document, and hands on a last record that lacked its line end.
  ///
  /// - Throws: ``CSVError``, or what `body` throws.
  package mutating func finish(_ body: (borrowing Record) throws -> Void) throws {
    if scanner.isInQuotes { throw CSVError.truncated(record: row.number + 1) }
    guard row.bytes.count > recordStart else { return }
    // Only a start that might have become a byte order mark has not been scanned yet.
    if isAtStart { try drain(body) }
    endsWithNewline = false
    try take(scanner.finish(&row), body)
  }

  private mutating func drain(_ body: (borrowing Record) throws -> Void) throws {
    while try take(scanner.scan(&row), body) {}
    guard row.bytes.count - recordStart <= limits.recordBytes else { throw tooLong() }
    // Not while one record grows: each byte is moved once at most.
    if recordStart > 0 { compact() }
  }

  /// Hands on a record, if there is one.
  ///
  /// - Returns: whether there may be another.
  @discardableResult
  private mutating func take(
    _ outcome: CSVScanner.Outcome, _ body: (borrowing Record) throws -> Void
  ) throws -> Bool {
    switch outcome {
    case .needsMore: return false
    case .textAfterQuote: throw CSVError.textAfterQuote(record: row.number + 1)
    case .record(let end):
      guard end - recordStart <= limits.recordBytes else { throw tooLong() }
      // An empty line is no record, but a quoted empty field is one.
      let isBlank = scanner.count == 1 && end - recordStart <= 2 && row.bounds[0].range.isEmpty
      if !isBlank { try handOn(body) }
      recordStart = end
      scanner.beginRecord()
      return true
    }
  }

  private mutating func handOn(_ body: (borrowing Record) throws -> Void) throws {
    row.number += 1
    row.count = scanner.count
    for column in scanner.doubled { row.unquote(column) }
    guard header != nil else {
      let header = Header((0..<row.count).map { row.field($0).repairedText })
      try header.require(required)
      self.header = header
      row.header = header
      return
    }
    guard row.count == row.header.names.count else {
      throw CSVError.ragged(record: row.number, fields: row.count, expected: row.header.names.count)
    }
    try body(row)
  }

  /// - Returns: false if more bytes are needed to know.
  private mutating func skipByteOrderMark() -> Bool {
    let mark = CSVReader.byteOrderMark
    let isMarked = row.bytes.starts(with: mark)
    if !isMarked && mark.starts(with: row.bytes) { return false }
    isAtStart = false
    if isMarked {
      recordStart = mark.count
      scanner.begin(at: mark.count)
    }
    return true
  }

  private mutating func compact() {
    let distance = recordStart
    row.bytes.removeSubrange(..<min(distance, row.bytes.count))
    for index in 0..<scanner.count { row.bounds[index] = row.bounds[index].moved(back: distance) }
    scanner.moved(back: distance)
    recordStart = 0
  }

  private func tooLong() -> CSVError { .recordTooLong(record: row.number + 1, limit: limits.recordBytes) }
}

extension Record {
  /// Makes the doubled quotes of a field single, in place.
  fileprivate mutating func unquote(_ column: Int) {
    let range = bounds[column].range
    var target = range.lowerBound
    var source = range.lowerBound
    while source < range.upperBound {
      let byte = bytes[source]
      bytes[target] = byte
      target += 1
      source += byte == UInt8(ascii: "\"") ? 2 : 1
    }
    bounds[column] = FieldBounds(range.lowerBound, target)
  }
}
