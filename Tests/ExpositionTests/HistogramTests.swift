import Exposition
import Testing

struct HistogramTests {
  @Test func boundsAreInclusiveSortedAndFinite() {
    var histogram = Histogram(bounds: [5, 1, .infinity, 1, .nan, -.infinity])
    #expect(histogram.bounds == [1, 5])
    for value in [-1, 0, 1, 1.0001, 5, 6, Double.infinity] { histogram.observe(value) }
    #expect(histogram.counts == [3, 2, 2])
    #expect(histogram.count == 7)
    #expect(histogram.sum == .infinity)
  }

  @Test func notANumberIsCountedBeyondEveryBound() {
    var histogram = Histogram(bounds: [1])
    histogram.observe(.nan)
    #expect(histogram.counts == [0, 1])
    #expect(histogram.sum.isNaN)
  }

  @Test func linesFollowTheLabels() {
    var writer = SampleWriter(Family("h", .histogram, help: ""))
    writer.histogram(LabelSet([Label("provider", "tess")]), Histogram(bounds: [0.25, 1e-5, 2_000_000]))
    let expected = """
      h_bucket{provider="tess",le="1e-05"} 0
      h_bucket{provider="tess",le="0.25"} 0
      h_bucket{provider="tess",le="2000000.0"} 0
      h_bucket{provider="tess",le="+Inf"} 0
      h_sum{provider="tess"} 0
      h_count{provider="tess"} 0

      """
    #expect(writer.count == 6)
    #expect(String(decoding: writer.finish().identity, as: UTF8.self) == expected)
  }
}
