/// What a record has in a column.
package enum Presence: Sendable, Hashable {
  /// The record has no such key.
  case absent
  case null
  /// A scalar, be it an empty text; in CSV always.
  case value
  /// An array or an object, where a scalar is wanted.
  case composite
}
