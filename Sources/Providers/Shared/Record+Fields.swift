import Tabular
import Upstream
import Usage

extension Header {
  /// - Throws: `.schema` if there is no such column.
  func column(_ name: String) throws(UpstreamFailure) -> Int {
    guard let column = index(of: name) else { throw .schema("there is no column \"\(name)\"") }
    return column
  }
}

/// Fields as the decoders want them: what is wrong with one refuses its row.
extension Record {
  /// An id: neither empty nor mended.
  func identifier(_ column: Int, guarded: Bool = false) throws(RowRefused) -> String {
    guard presence(column) == .value, !field(column).isEmpty else { throw RowRefused(.missingID) }
    guard let text = text(column, guarded: guarded) else { throw RowRefused(.invalidUTF8) }
    return text
  }

  /// - Parameter guarded: whether the writer puts an apostrophe before what a spreadsheet would take for a formula.
  /// - Returns: nil if it is not UTF-8.
  func text(_ column: Int, guarded: Bool = false) -> String? {
    (guarded ? field(column).unguarded : field(column)).text
  }

  /// A name: what is not UTF-8 in it is mended.
  func repairedText(_ column: Int, guarded: Bool = false) -> String {
    (guarded ? field(column).unguarded : field(column)).repairedText
  }

  /// A number of a measure, in its stored units; nil where none is told.
  func amount(_ column: Int, _ measure: Measure) throws(RowRefused) -> Int64? {
    switch presence(column) {
    case .absent, .null: nil
    case .composite: throw RowRefused(.notANumber)
    case .value: try FieldReader.amount(field(column).decimal(scale: measure.scale.rawValue))
    }
  }
}
