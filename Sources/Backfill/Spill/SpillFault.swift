import GRDB

/// Why what was read cannot be kept, in words for the operator.
package struct SpillFault: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }

  /// SQLite's own words, without paths or values.
  init(path: String, _ error: any Error) {
    let reason = (error as? DatabaseError)?.message ?? "unexpected \(type(of: error))"
    description =
      "\(path) cannot be used (\(reason)): it needs a disk with room and leave to write; if it is damaged, delete it"
  }
}
