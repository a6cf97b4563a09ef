/// Observations counted by upper bound.
package struct Histogram: Sendable, Hashable {
  /// Rising and finite; the bucket for the rest, `+Inf`, is not among them.
  package let bounds: [Double]
  /// Observations per bucket, not cumulated; one more than there are bounds.
  package private(set) var counts: [Int64]
  package private(set) var sum: Double = 0

  package init(bounds: [Double]) {
    self.bounds = Set(bounds.filter(\.isFinite)).sorted()
    counts = Array(repeating: 0, count: self.bounds.count + 1)
  }

  package var count: Int64 { counts.reduce(0, +) }

  /// Counts `value` in the first bucket whose bound is not less; a NaN goes to `+Inf`.
  package mutating func observe(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }

  /// Hands on the lines of the histogram: buckets with their bounds, then sum and count.
  package func lines(_ body: (_ suffix: String, _ bound: Double?, _ value: SampleValue) -> Void) {
    var cumulated: Int64 = 0
    for (index, count) in counts.enumerated() {
      cumulated += count
      body("_bucket", index < bounds.count ? bounds[index] : .infinity, .integer(cumulated))
    }
    body("_sum", nil, .real(sum))
    body("_count", nil, .integer(cumulated))
  }
}
