import Exposition
import Testing

struct SampleTests {
  private func line(_ labels: LabelSet, _ value: SampleValue) -> String {
    var writer = SampleWriter(Family("m", .gauge, help: ""))
    writer.sample(labels, value)
    return String(decoding: writer.finish().identity, as: UTF8.self)
  }

  @Test(arguments: [
    (SampleValue.integer(0), "0"), (.integer(7), "7"), (.integer(10), "10"), (.integer(-1), "-1"),
    (.integer(1_000_000), "1000000"), (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
    (.micros(0), "0"), (.micros(1), "0.000001"), (.micros(1_000_000), "1"), (.micros(6_145), "0.006145"),
    (.micros(12_500_000), "12.5"), (.micros(-500_000), "-0.5"), (.micros(100_100_100), "100.1001"),
    (.micros(.min), "-9223372036854.775808"),
    (.real(0), "0"), (.real(-0.0), "0"), (.real(1), "1"), (.real(-3), "-3"), (.real(0.1), "0.1"),
    (.real(1_700_000_000.25), "1700000000.25"), (.real(9_007_199_254_740_992), "9007199254740992"),
    (.real(1e17), "1e+17"), (.real(1e-7), "1e-07"), (.real(.nan), "NaN"), (.real(.infinity), "+Inf"),
    (.real(-.infinity), "-Inf"), (.real(.leastNonzeroMagnitude), "5e-324"),
  ])
  func values(_ value: SampleValue, _ text: String) {
    #expect(line(.none, value) == "m \(text)\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\\b", #"a\\b"#), ("\"", #"\""#), ("\n", #"\n"#), ("\\n", #"\\n"#), ("\r\n\t", "\r\\n\t"),
    ("\0\u{1}\u{7F}", "\0\u{1}\u{7F}"), ("🤖é\u{202E}مرحبا", "🤖é\u{202E}مرحبا"), (" ,={}# ", " ,={}# "),
  ])
  func labelValues(_ value: String, _ escaped: String) {
    #expect(line(LabelSet([Label("l", value)]), .integer(1)) == "m{l=\"\(escaped)\"} 1\n")
  }

  @Test func emptyLabelsEqualAbsentOnes() {
    let a = Label("a", "1")
    let b = Label("b", "2")
    let none = Label("none", "")
    #expect(LabelSet([none]) == .none)
    #expect(LabelSet([none, a, none, b]) == LabelSet([a, b]))
    #expect(LabelSet([a]).adding(none).adding(b) == LabelSet([a, b]))
    #expect(line(LabelSet([none]), .integer(1)) == "m 1\n")
  }
}
