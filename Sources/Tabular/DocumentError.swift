/// Why a document cannot be read, whatever its format.
///
/// A description quotes nothing of the document: only names that the caller asked for, and counts.
package protocol DocumentError: Error, Sendable, CustomStringConvertible {
  /// Whether the document lacks a column, a field or a list that was asked for, or repeats it; otherwise it is malformed.
  var isSchema: Bool { get }
}
