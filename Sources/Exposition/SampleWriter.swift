/// Collects the sample lines of one family, or of one part of one family.
///
/// The lines are the same bytes in text 0.0.4 and in OpenMetrics 1.0, so they are written and compressed once.
package struct SampleWriter: Sendable {
  package let family: Family
  private var heads = LineHeads()
  private var values: [SampleValue] = []

  /// Sample lines written so far; a histogram counts each of its lines.
  package var count: Int { values.count }

  package init(_ family: Family) {
    self.family = family
  }

  package mutating func sample(_ labels: LabelSet, _ value: SampleValue) {
    assert(family.kind != .histogram, "a histogram has buckets, not a value")
    heads.append(family.name, labels)
    values.append(value)
  }

  package mutating func histogram(_ labels: LabelSet, _ histogram: Histogram) {
    assert(family.kind == .histogram, "only a histogram has buckets")
    histogram.lines { suffix, bound, value in
      heads.append(family.name + suffix, bound.map(labels.adding(bound:)) ?? labels)
      values.append(value)
    }
  }

  /// The lines in both encodings.
  package consuming func finish() -> Piece {
    LineBlock(heads).piece(values)
  }
}
