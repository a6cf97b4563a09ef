/// Finds the wanted fields of records in bytes that arrive bit by bit: RFC 8259 as a state machine.
///
/// It goes from token to token and stops between two; of a token that is not complete only the rest is searched later.
struct JSONScanner: Sendable {
  /// What may come next.
  enum Expectation {
    /// The start of the document: a byte order mark, its list, or its first object.
    case document
    /// `lines`: an object, or an empty line.
    case line
    /// `lines`: the end of a line after its object.
    case lineEnd
    case key
    case keyOrEnd
    case colon
    case value
    case valueOrEnd
    case commaOrEnd
    /// The document is complete.
    case nothing
  }

  /// What the innermost array or object is to the reader.
  enum Level {
    /// A record, or an object within it that holds something wanted.
    case record
    /// Within something that is not wanted.
    case skipped
    /// There is none.
    case outside
    /// The object around the list.
    case envelope
    case list
  }

  let shape: JSONReader.Shape
  let isLines: Bool
  let limits: JSONLimits
  var keys: JSONKeys
  var members = JSONMembers()
  /// Whole records so far.
  var records = 0
  /// Columns of the current record with escapes.
  var escaped: [Int] = []
  var expected = Expectation.document
  var level = Level.outside
  /// How many arrays and objects are open, and which of them are objects: the lowest bit is the innermost.
  var depth = 0
  var objects: UInt64 = 0
  /// Where skipping ends: at this depth, on this level.
  var skipped = (depth: 0, level: Level.outside)
  var hasList = false
  /// The column that the next value is for, -1: none.
  var target = -1
  /// The next byte to be read, or the first of a token that is not complete.
  var place = 0
  /// Where the current record begins, or the last one did.
  var recordStart = 0
  var isInRecord = false
  /// How far an incomplete token has been searched, and whether there was an escape.
  var searched = 0
  var isEscaped = false
  /// How many bytes of the document came before the first that is still there.
  var offset = 0

  init(_ shape: JSONReader.Shape, columns: [String], limits: JSONLimits) {
    self.shape = shape
    isLines = shape == .lines
    self.limits = limits
    keys = JSONKeys(columns: columns)
  }

  /// The first byte that is still needed.
  var needed: Int { isInRecord ? recordStart : place }

  /// Follows the bytes to their new place, `distance` nearer to the start.
  mutating func moved(back distance: Int) {
    place -= distance
    searched -= distance
    recordStart -= distance
    offset += distance
  }

  /// Reads on in `buffer`, of which more may follow later, up to the end of a record.
  ///
  /// - Returns: where the record ends, nil if more bytes are needed first.
  mutating func scan(_ buffer: [UInt8], into bounds: inout [FieldBounds]) throws(JSONError) -> Int? {
    let bytes = buffer.span
    var fields = bounds.mutableSpan
    var place = self.place
    defer { self.place = place }
    while true {
      if place < bytes.count, bytes[place] <= 0x20 { place = try skipSpace(bytes, at: place) }
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      switch expected {
      case .commaOrEnd:
        if byte == UInt8(ascii: ",") {
          expected = objects & 1 == 1 ? .key : .value
          place &+= 1
        } else {
          let isRecord = try close(byte, at: place)
          place &+= 1
          if isRecord { return place }
        }
      case .key where byte == UInt8(ascii: "\""), .keyOrEnd where byte == UInt8(ascii: "\""):
        guard try members(bytes, at: &place, &fields) else { return nil }
      case .colon where byte == UInt8(ascii: ":"):
        expected = .value
        place &+= 1
      case .value, .valueOrEnd:
        if byte == UInt8(ascii: "]"), expected == .valueOrEnd {
          _ = try close(byte, at: place)
          place &+= 1
        } else {
          guard let end = try value(bytes, at: place, &fields) else { return nil }
          place = end
        }
      case .keyOrEnd where byte == UInt8(ascii: "}"):
        let isRecord = try close(byte, at: place)
        place &+= 1
        if isRecord { return place }
      case .document:
        guard let end = try begin(bytes, at: place) else { return nil }
        place = end
      case .line where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["):
        try open(byte, at: place)
        place &+= 1
      default: throw malformed(.token, at: place)
      }
    }
  }

  /// Takes the end of the document, with so many bytes that have not been read.
  func finish(rest: Int) throws(JSONError) {
    switch expected {
    case .nothing, .line, .lineEnd: return
    // A part of a byte order mark may be left.
    case .document where rest == 0: if !isLines { throw .empty }
    default: throw .truncated(records: records)
    }
  }

  /// Why what is incomplete must not become longer than a record may be.
  func tooLong() -> JSONError {
    if isInRecord { return .recordTooLong(record: records + 1, limit: limits.recordBytes) }
    return level == .list ? .notAnObject(record: records + 1) : .membersTooLong(limit: limits.recordBytes)
  }

  func malformed(_ fault: JSONFault, at place: Int) -> JSONError { .malformed(fault, byte: offset + place) }
}
