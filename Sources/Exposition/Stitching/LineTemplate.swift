/// Sample lines without their values, compressed once: what is left to do for new values is to write and encode these.
///
/// Labels make up most of a scrape and hardly ever change. So their deflate codes (RFC 1951) are made in advance, with a
/// prefix code fit for these lines; a line repeats the one before, however long the value between them is.
package struct LineTemplate: Sendable {
  let heads: LineHeads
  /// What to write.
  let program: [StitchInstruction]
  let codes: BlockCodes

  /// Lines that a template holds at the most, so that what changes in one of many is not all made anew.
  package static let capacity = 4096
  /// Fewer lines are not worth prefix codes of their own, whose description is as long as some lines are.
  private static let fewest = 24

  package var count: Int { heads.count }

  /// - Parameter heads: no more than ``capacity``.
  package init(_ heads: LineHeads) {
    self.heads = heads
    let whole = heads.whole
    let tokens = LineTokens(whole.text, ends: whole.ends, longestValue: NumberText.longest + 1).tokens
    codes = heads.count < Self.fewest ? .fixed : BlockCodes(tokens, of: whole.text, lines: heads.count)
    program = codes.instructions(tokens, of: whole.text).trimmed()
  }

  /// The lines with their values, in both encodings.
  ///
  /// - Parameter values: one for each line.
  package func piece(_ values: [SampleValue]) -> Piece {
    assert(values.count == count, "each line has its value")
    return Piece(lines: self, values: values)
  }

  /// The lines with their values, in one encoding.
  ///
  /// - Parameter values: one for each line.
  package func run(_ values: [SampleValue], _ encoding: BodyEncoding) -> EncodedRun {
    if encoding == .gzip {
      let (bytes, checksum) = Stitcher(self, values).deflated()
      return EncodedRun(bytes: bytes, checksum: checksum, samples: count)
    }
    var text: [UInt8] = []
    heads.write(values) { text.append(contentsOf: $0) }
    return EncodedRun(bytes: text, checksum: .empty, samples: count)
  }
}
