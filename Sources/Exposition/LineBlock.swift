/// Lines of a family whose values change: few are left for a ``PieceJoiner``, of many the labels are compressed in advance.
package struct LineBlock: Sendable {
  private enum Lines: Sendable {
    case few(LineHeads)
    case many(LineTemplate)
  }

  private let lines: Lines

  /// So many are compressed by themselves. Codes of their own and a first line that repeats nothing take some 200 bytes.
  private static let many = 128

  package init(_ heads: LineHeads) {
    lines = heads.count < Self.many ? .few(heads) : .many(LineTemplate(heads))
  }

  package var count: Int { heads.count }

  package var heads: LineHeads {
    switch lines {
    case .few(let heads): heads
    case .many(let template): template.heads
    }
  }

  /// - Parameter values: one for each line.
  package func piece(_ values: [SampleValue]) -> Piece {
    switch lines {
    case .few(let heads): heads.count == 0 ? .empty : Piece(few: heads, values: values)
    case .many(let template): template.piece(values)
    }
  }
}
