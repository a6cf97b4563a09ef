/// Why some bytes are not the CSV document they should be. Records are counted from 1, the header among them.
package enum CSVError: DocumentError, Hashable {
  /// A record has another number of fields than the header.
  case ragged(record: Int, fields: Int, expected: Int)
  /// Something other than a separator follows a closing quote.
  case textAfterQuote(record: Int)
  /// The document ends inside a quoted field.
  case truncated(record: Int)
  /// A record is longer than ``CSVLimits/recordBytes``.
  case recordTooLong(record: Int, limit: Int)
  case missingColumn(String)
  /// A column that is required by name is there more than once.
  case repeatedColumn(String)
}

extension CSVError {
  package var isSchema: Bool {
    switch self {
    case .missingColumn, .repeatedColumn: true
    case .ragged, .textAfterQuote, .truncated, .recordTooLong: false
    }
  }

  package var description: String {
    switch self {
    case .ragged(let record, let fields, let expected):
      "record \(record) has \(fields) fields, the header \(expected)"
    case .textAfterQuote(let record): "record \(record) has text after a closing quote"
    case .truncated(let record): "the document ends inside a quoted field of record \(record)"
    case .recordTooLong(let record, let limit): "record \(record) is longer than \(limit) bytes"
    case .missingColumn(let name): "there is no column \"\(name)\""
    case .repeatedColumn(let name): "there is more than one column \"\(name)\""
    }
  }
}

/// What a reader accepts from a stranger.
package struct CSVLimits: Sendable, Hashable {
  /// The longest record, quotes and line end included; it also bounds the reader's memory.
  package let recordBytes: Int

  /// - Parameter recordBytes: at most 1 GiB, which is what field positions have room for.
  package init(recordBytes: Int = 16 << 20) {
    self.recordBytes = min(max(recordBytes, 1), 1 << 30)
  }
}
