/// Sample lines without their values, compressed once: what is left to do for new values is to write and encode these.
///
/// Labels make up most of a scrape and hardly ever change. So their deflate codes (RFC 1951) are made in advance, with a
/// prefix code fit for these lines; a line repeats the one before, however long the value between them is.
package struct LineTemplate: Sendable {
  /// The lines' text up to their values, one after the other.
  let text: [UInt8]
  /// Of each line in `text`.
  let ends: [Int]
  /// What to write.
  let program: [StitchInstruction]
  let codes: BlockCodes
  /// Without its value.
  let longestLine: Int

  /// Lines that a template holds at the most, so that what changes in one of many is not all made anew.
  package static let capacity = 4096
  /// Fewer lines are not worth prefix codes of their own, whose description is as long as some lines are.
  private static let fewest = 24

  package var count: Int { ends.count }

  /// - Parameters:
  ///   - name: of the samples.
  ///   - labels: of each line; no more than ``capacity``.
  package init(name: String, labels: some Collection<LabelSet>) {
    var text = LineTemplateText()
    for labels in labels { text.append(name, labels) }
    self.init(text)
  }

  package init(_ lines: LineTemplateText) {
    text = lines.text
    ends = lines.ends
    longestLine = zip(ends, [0] + ends).map { $0 - $1 }.max() ?? 0
    let tokens = LineTokens(text, ends: ends, longestValue: NumberText.longest + 1).tokens
    codes = ends.count < Self.fewest ? .fixed : BlockCodes(tokens, of: text, lines: ends.count)
    program = codes.instructions(tokens, of: text)
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
    let stitcher = Stitcher(self, values)
    if encoding == .gzip {
      let (bytes, checksum) = stitcher.deflated()
      return EncodedRun(bytes: bytes, checksum: checksum, samples: count)
    }
    var text: [UInt8] = []
    stitcher.write { text.append(contentsOf: $0) }
    return EncodedRun(bytes: text, checksum: .empty, samples: count)
  }
}

/// Lines without their values, one after the other.
package struct LineTemplateText: Sendable {
  private(set) var text: [UInt8] = []
  private(set) var ends: [Int] = []

  package init() {}

  /// Adds a line.
  ///
  /// - Parameter metadata: of its family, if it is the first one.
  package mutating func append(_ name: String, _ labels: LabelSet, after metadata: Piece? = nil) {
    if let metadata { text.append(contentsOf: metadata.identity) }
    text.append(contentsOf: name.utf8)
    if !labels.bytes.isEmpty {
      text.append(UInt8(ascii: "{"))
      text.append(contentsOf: labels.bytes)
      text.append(UInt8(ascii: "}"))
    }
    text.append(UInt8(ascii: " "))
    ends.append(text.count)
  }
}
