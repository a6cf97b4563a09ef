/// Reads a document's records from chunks of any size, whatever its format.
package protocol RecordReader: Sendable {
  /// The names of the columns; nil until the reader has come upon them.
  var header: Header? { get }

  /// Takes the next bytes and hands on each record that they complete.
  ///
  /// - Throws: a ``DocumentError``, or what `body` throws; the reader is of no more use then.
  mutating func read(_ chunk: Span<UInt8>, _ body: (borrowing Record) throws -> Void) throws

  /// Takes the end of the document, and hands on a last record that it completes.
  ///
  /// - Throws: a ``DocumentError``, or what `body` throws.
  mutating func finish(_ body: (borrowing Record) throws -> Void) throws
}
