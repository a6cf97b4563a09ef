/// Why some bytes are not the JSON document they should be. Records are counted from 1.
package enum JSONError: DocumentError, Hashable {
  /// Something that JSON, or one record a line, does not allow. Bytes are counted from 0.
  case malformed(JSONFault, byte: Int)
  /// There is nothing but space.
  case empty
  /// The document ends early, after so many whole records.
  case truncated(records: Int)
  /// The list, or a line, holds something else than an object.
  case notAnObject(record: Int)
  /// A record is longer than ``JSONLimits/recordBytes``.
  case recordTooLong(record: Int, limit: Int)
  /// What stands beside the list is longer than ``JSONLimits/recordBytes``.
  case membersTooLong(limit: Int)
  /// Arrays and objects within one another, beyond ``JSONLimits/depth``.
  case tooDeep(record: Int, limit: Int)
  /// The first record lacks a field that is required.
  case missingField(String)
  /// The document has no list under that name, or, without a name, is none itself.
  case missingList(String?)
  /// The list is there more than once.
  case repeatedList(String)
}

extension JSONError {
  package var isSchema: Bool {
    switch self {
    case .missingField, .missingList, .repeatedList: true
    case .malformed, .empty, .truncated, .notAnObject, .recordTooLong, .membersTooLong, .tooDeep: false
    }
  }

  package var description: String {
    switch self {
    case .malformed(let fault, let byte): "the document has \(fault.rawValue) at byte \(byte)"
    case .empty: "the document is empty"
    case .truncated(let records): "the document ends early, after \(records) whole records"
    case .notAnObject(let record): "record \(record) is not an object"
    case .recordTooLong(let record, let limit): "record \(record) is longer than \(limit) bytes"
    case .membersTooLong(let limit): "what the document has beside its list is longer than \(limit) bytes"
    case .tooDeep(let record, let limit): "record \(record) is more than \(limit) levels deep"
    case .missingField(let name): "there is no field \"\(name)\""
    case .missingList(let name?): "there is no list \"\(name)\""
    case .missingList(nil): "the document is not a list"
    case .repeatedList(let name): "there is more than one list \"\(name)\""
    }
  }
}

/// What JSON does not allow, in words for a message.
package enum JSONFault: String, Sendable, Hashable {
  case token = "an unexpected character"
  case control = "a control character inside a string"
  case escape = "an invalid escape"
  case number = "an invalid number"
  case literal = "an invalid literal"
}

/// What a reader accepts from a stranger.
package struct JSONLimits: Sendable, Hashable {
  /// The longest record, from its opening to its closing brace; it also bounds the reader's memory.
  package let recordBytes: Int
  /// How many arrays and objects may be open at once, those around a record among them.
  package let depth: Int

  /// - Parameters:
  ///   - recordBytes: at most 1 GiB, which is what field positions have room for.
  ///   - depth: at most 64.
  package init(recordBytes: Int = 16 << 20, depth: Int = 64) {
    self.recordBytes = min(max(recordBytes, 1), 1 << 30)
    self.depth = min(max(depth, 1), 64)
  }
}
