/// One field of a record: bytes, of which a string or a number is made where one is wanted.
package struct Field: Sendable {
  private let storage: [UInt8]
  private let range: Range<Int>

  init(storage: [UInt8], range: Range<Int>) {
    self.storage = storage
    self.range = range
  }

  /// In bytes.
  package var count: Int { range.count }
  package var isEmpty: Bool { range.isEmpty }

  package func withBytes<Value, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body(storage.span.extracting(range))
  }

  /// The field without the apostrophe that a spreadsheet formula guard puts before `=`, `+`, `-` and `@`.
  ///
  /// A value that begins like that of itself cannot be told from a guarded one.
  package var unguarded: Field {
    guard count > 1, storage[range.lowerBound] == UInt8(ascii: "'"),
      "=+-@".utf8.contains(storage[range.lowerBound + 1])
    else { return self }
    return Field(storage: storage, range: range.dropFirst())
  }

  package var bytes: [UInt8] { Array(storage[range]) }

  /// The text as it is, or nil if it is not UTF-8: what an identifier must not be mended in.
  package var text: String? { String(validating: storage[range], as: UTF8.self) }

  /// The text with each invalid part replaced by U+FFFD.
  package var repairedText: String { String(decoding: storage[range], as: UTF8.self) }

  /// - Parameter scale: stored units in one; see ``DecimalText``.
  package func decimal(scale: Int64) -> DecimalText.Result {
    DecimalText.parse(storage.span.extracting(range), scale: scale)
  }

  package var bool: Bool? { BoolText.parse(storage.span.extracting(range)) }

  package var timestamp: Timestamp? { Timestamp.parse(storage.span.extracting(range)) }
}
