package import Exposition

/// Collects the samples of one unit (a collector, or a workspace as a whole) by family.
package struct PieceBuilder: Sendable {
  private var writers: [String: SampleWriter] = [:]
  private var pieces: [String: [Piece]] = [:]

  package init() {}

  mutating func add(_ metric: MetricDescriptor, _ labels: LabelSet, _ value: SampleValue) {
    writers[metric.family.name, default: SampleWriter(metric.family)].sample(labels, value)
  }

  mutating func add(_ metric: MetricDescriptor, _ labels: LabelSet, _ histogram: Histogram) {
    writers[metric.family.name, default: SampleWriter(metric.family)].histogram(labels, histogram)
  }

  mutating func add(_ metric: MetricDescriptor, _ pieces: [Piece]) {
    self.pieces[metric.family.name, default: []] += pieces
  }

  /// The unit's samples, by family name.
  package consuming func finish() -> [String: [Piece]] {
    pieces.merging(writers.mapValues { [$0.finish()] }, uniquingKeysWith: +)
  }
}

extension SampleValue {
  static func flag(_ flag: Bool) -> SampleValue { .integer(flag ? 1 : 0) }
}
