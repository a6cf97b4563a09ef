/// Sample lines without their values, compressed once: what is left to do for new values is to write and encode these.
///
/// Labels make up most of a scrape and hardly ever change. So their deflate codes (RFC 1951) are made in advance, with a
/// prefix code fit for these lines; a line repeats the one before, however long the value between them is.
package struct LineTemplate: Sendable {
  /// The lines' text up to their values, one after the other.
  let text: [UInt8]
  /// Of each line in `text`.
  let ends: [Int]
  /// What to write; empty where there are too few lines to be worth a code of their own.
  let program: [StitchInstruction]
  let codes: BlockCodes

  /// Lines that a template holds at the most, so that what changes in one of many is not all made anew.
  package static let capacity = 4096
  /// The description of a prefix code is as long as some lines are.
  private static let fewest = 24

  package var count: Int { ends.count }

  /// - Parameters:
  ///   - name: of the samples.
  ///   - labels: of each line; no more than ``capacity``.
  package init(name: String, labels: some Collection<LabelSet>) {
    var text: [UInt8] = []
    var ends: [Int] = []
    let name = Array(name.utf8)
    text.reserveCapacity(labels.reduce(0) { $0 + $1.bytes.count + name.count + 3 })
    ends.reserveCapacity(labels.count)
    for labels in labels {
      text.append(contentsOf: name)
      if !labels.bytes.isEmpty {
        text.append(UInt8(ascii: "{"))
        text.append(contentsOf: labels.bytes)
        text.append(UInt8(ascii: "}"))
      }
      text.append(UInt8(ascii: " "))
      ends.append(text.count)
    }
    self.text = text
    self.ends = ends
    guard ends.count >= Self.fewest else {
      program = []
      codes = BlockCodes([], of: text, lines: 0)
      return
    }
    let tokens = LineTokens(text, ends: ends, longestValue: NumberText.longest + 1).tokens
    codes = BlockCodes(tokens, of: text, lines: ends.count)
    program = codes.instructions(tokens, of: text)
  }

  /// The lines with their values, in both encodings.
  ///
  /// - Parameter values: one for each line.
  package func piece(_ values: [SampleValue]) -> Piece {
    assert(values.count == count, "each line has its value")
    return Piece(lines: self, values: values)
  }
}
