/// Collects the sample lines of one family, or of one part of one family.
///
/// The lines are the same bytes in text 0.0.4 and in OpenMetrics 1.0, so they are written and compressed once.
package struct SampleWriter: Sendable {
  package let family: Family
  /// Sample lines written so far; a histogram counts each of its lines.
  package private(set) var count = 0
  private(set) var lines: [UInt8] = []
  private let name: [UInt8]

  package init(_ family: Family) {
    self.family = family
    name = Array(family.name.utf8)
  }

  package mutating func sample(_ labels: LabelSet, _ value: SampleValue) {
    assert(family.kind != .histogram, "a histogram has buckets, not a value")
    line(suffix: nil, labels.bytes, value)
  }

  package mutating func histogram(_ labels: LabelSet, _ histogram: Histogram) {
    assert(family.kind == .histogram, "only a histogram has buckets")
    histogram.lines { suffix, bound, value in
      line(suffix: suffix, (bound.map(labels.adding(bound:)) ?? labels).bytes, value)
    }
  }

  /// The lines in both encodings.
  package consuming func finish() -> Piece {
    Piece(identity: lines, samples: count)
  }

  private mutating func line(suffix: String?, _ labels: [UInt8], _ value: SampleValue) {
    lines.append(contentsOf: name)
    if let suffix { lines.append(contentsOf: suffix.utf8) }
    if !labels.isEmpty {
      lines.append(UInt8(ascii: "{"))
      lines.append(contentsOf: labels)
      lines.append(UInt8(ascii: "}"))
    }
    lines.append(UInt8(ascii: " "))
    lines.append(value)
    lines.append(UInt8(ascii: "\n"))
    count += 1
  }
}
