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

  /// Cuts the lines of one family into blocks, so that what changes in one of many lines is not all made anew.
  ///
  /// - Parameters:
  ///   - count: how many lines.
  ///   - others: blocks of other families, perhaps with the same labels, which are then kept in one copy.
  ///   - labels: of some of the lines.
  package static func blocks(
    named name: String, count: Int, sharing others: [[LineBlock]], labels: (Range<Int>) -> [LabelSet]
  ) -> [LineBlock] {
    stride(from: 0, to: count, by: LineTemplate.capacity).enumerated().map { number, start in
      let alike = others.lazy.filter { $0.count > number }.map { $0[number].heads }
      let labels = labels(start..<min(start + LineTemplate.capacity, count))
      return LineBlock(LineHeads(name: name, labels: labels, sharing: alike))
    }
  }

  package var count: Int { heads.count }

  var heads: LineHeads {
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
