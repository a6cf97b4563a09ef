/// One record, readable until the next one is read; what is kept of it must be copied.
package struct Record: Sendable {
  package internal(set) var header = Header([])
  /// Counted from 1, which in CSV is the header's.
  package internal(set) var number = 0
  /// Holds the record, and around it what has been read but not yet used.
  var bytes: [UInt8] = []
  /// Of each field; there may be room for more.
  var bounds: [FieldBounds] = []

  /// How many fields there are: as many as the header has names.
  package internal(set) var count = 0

  /// The field's value, of no bytes where there is none.
  ///
  /// - Parameter column: 0 is the first; it must be below ``count``.
  package func field(_ column: Int) -> Field {
    Field(storage: bytes, range: bounds[column].range)
  }

  /// - Parameter column: as in ``field(_:)``.
  package func presence(_ column: Int) -> Presence { bounds[column].presence }

  /// The bytes of a field as its value: without quotes and escapes.
  package func withBytes<Value, Failure: Error>(
    _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body(bytes.span.extracting(bounds[column].range))
  }
}
