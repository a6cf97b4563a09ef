/// Reads the records of a JSON document (RFC 8259) from chunks of any size, in memory bounded by its longest record.
///
/// All of the document is checked, but for whether it is UTF-8: strings are handed on with the bytes that they have. Of a
/// key that stands in an object twice, the last value counts.
///
/// A reader that has thrown is of no more use.
package struct JSONReader: RecordReader {
  /// Where a document has its records, which are objects.
  package enum Shape: Sendable, Hashable {
    /// The document is a list of them.
    case array
    /// Each stands on a line; empty lines are skipped, and the last one may lack its end. A document may have none.
    case lines
    /// The document is an object, and its member of that name the list.
    case list(in: String)
  }

  /// The columns as asked for, from the first record on; nil at the end means a document without any record.
  package var header: Header? { row.number > 0 ? row.header : nil }
  /// Records read so far.
  package var records: Int { row.number }

  /// How many bytes are held between two chunks: those of a record, or of a value outside records, that is not complete.
  package var heldBytes: Int { row.bytes.count }

  private let limits: JSONLimits
  private let columns: [String]
  private let required: [String]
  private var row = Record()
  private var scanner: JSONScanner
  /// Columns that no record has had so far.
  private var unseen: [Int]

  /// As much as is taken from a large chunk at once: it stays in the processor's cache.
  private static let slice = 64 << 10

  /// - Parameters:
  ///   - columns: the names of the wanted keys, which become the record's columns in this order. Names are exact, in case
  ///     as well; a dot leads into an object (`tokens.input`), so a key with a dot cannot be had. Of a name that is there
  ///     twice, the first column has the value.
  ///   - required: columns without which, be it as null, the first record is refused; later ones may lack them.
  package init(
    _ shape: Shape, columns: [String], required: [String] = [], limits: JSONLimits = JSONLimits()
  ) {
    self.limits = limits
    self.columns = columns
    self.required = required
    row.header = Header(columns)
    row.bounds = Array(repeating: .absent, count: columns.count)
    row.count = columns.count
    scanner = JSONScanner(shape, columns: columns, limits: limits)
    unseen = Array(columns.indices)
  }

  /// Whether any record so far had that key, be it with null. One that stands in an object is not there if that is null.
  package func hasSeen(_ column: Int) -> Bool { !unseen.contains(column) }

  /// A scalar that stands beside the list, as far as it has been read: those behind the list are there at the end. It is
  /// the last one of that name, and has no bytes if it is null.
  ///
  /// - Returns: nil if there is none, or an array or an object; and for another shape than ``Shape/list(in:)``.
  package func member(_ name: String) -> Field? { scanner.members[name] }

  /// Takes the next bytes and hands on each record that they complete.
  ///
  /// - Throws: ``JSONError``, or what `body` throws.
  package mutating func read(_ chunk: Span<UInt8>, _ body: (borrowing Record) throws -> Void) throws {
    var offset = 0
    while offset < chunk.count {
      let end = min(offset + JSONReader.slice, chunk.count)
      chunk.extracting(offset..<end).withUnsafeBufferPointer { row.bytes.append(contentsOf: $0) }
      offset = end
      try drain(body)
    }
  }

  /// Takes the end of the document; each record has been handed on with its closing brace.
  ///
  /// - Throws: ``JSONError``.
  package mutating func finish(_ body: (borrowing Record) throws -> Void) throws {
    try scanner.finish(rest: row.bytes.count)
  }

  private mutating func drain(_ body: (borrowing Record) throws -> Void) throws {
    while let end = try scanner.scan(row.bytes, into: &row.bounds) {
      guard end - scanner.recordStart <= limits.recordBytes else {
        throw JSONError.recordTooLong(record: scanner.records, limit: limits.recordBytes)
      }
      try handOn(body)
    }
    guard row.bytes.count - scanner.needed <= limits.recordBytes else { throw scanner.tooLong() }
    // Not while one record grows: each byte is moved once at most.
    if scanner.needed > 0 { compact() }
  }

  private mutating func handOn(_ body: (borrowing Record) throws -> Void) throws {
    row.number += 1
    if !scanner.escaped.isEmpty { unescape() }
    if !unseen.isEmpty { unseen.removeAll { row.bounds[$0] != .absent } }
    if row.number == 1 { try requireFields() }
    try body(row)
    for column in row.bounds.indices { row.bounds[column] = .absent }
  }

  private mutating func unescape() {
    for column in scanner.escaped where row.presence(column) == .value {
      let range = JSONText.unescape(&row.bytes, row.bounds[column].range)
      row.bounds[column] = FieldBounds(range.lowerBound, range.upperBound)
    }
    scanner.escaped.removeAll(keepingCapacity: true)
  }

  private func requireFields() throws(JSONError) {
    for name in required {
      guard let column = columns.firstIndex(of: name), row.presence(column) != .absent else {
        throw .missingField(name)
      }
    }
  }

  private mutating func compact() {
    let distance = scanner.needed
    row.bytes.removeSubrange(..<distance)
    for column in row.bounds.indices { row.bounds[column] = row.bounds[column].moved(back: distance) }
    scanner.moved(back: distance)
  }
}
