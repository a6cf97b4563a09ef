/// One record, readable until the next one is read; what is kept of it must be copied.
package struct CSVRow: Sendable {
  package internal(set) var header = CSVHeader([])
  /// Counted from 1, which is the header's.
  package internal(set) var number = 0
  /// Holds the record, and around it what has been read but not yet used.
  var bytes: [UInt8] = []
  var bounds: [FieldBounds] = []

  /// How many fields there are: as many as the header has names.
  package var count: Int { bounds.count }

  /// - Parameter column: 0 is the first; it must be below ``count``.
  package func field(_ column: Int) -> CSVField {
    CSVField(storage: bytes, range: bounds[column].range)
  }

  /// The bytes of a field without quotes, with doubled quotes made single.
  package func withBytes<Value, Failure: Error>(
    _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body(bytes.span.extracting(bounds[column].range))
  }

  /// Makes the doubled quotes of a field single, in place.
  mutating func unescape(_ column: Int) {
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

/// Where a field stands in the reader's bytes.
///
/// 32 bits each: there is one per field of a record, and records are at most 1 GiB long.
struct FieldBounds: Sendable, Hashable {
  private let start: UInt32
  private let end: UInt32

  init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var range: Range<Int> { Int(start)..<Int(end) }

  func moved(back distance: Int) -> FieldBounds {
    FieldBounds(Int(start) - distance, Int(end) - distance)
  }
}
