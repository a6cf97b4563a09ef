import AlertEvaluation
import Testing

@Suite struct PromQLTests {
  @Test(
    arguments: [
      ("up", ["up"]),
      ("sum by (job) (rate(x_total[5m])) > 0", ["x_total"]),
      ("sum(x) by (job, y)", ["x"]),
      ("a * on (job) group_left (name) b_info", ["a", "b_info"]),
      ("a and on () b unless ignoring (c) d or e", ["a", "b", "d", "e"]),
      (#"label_replace(a{b="c} d"}, "e", "f(g)", "", "") # h"#, ["a"]),
      ("a:b:c offset 1w > bool 2e3", ["a:b:c"]),
      ("vector(1) + Inf - time()", []),
      ("sum (a) / count without (b) (c)", ["a", "c"]),
    ] as [(String, Set<String>)])
  func metrics(_ expression: String, _ metrics: Set<String>) {
    #expect(PromQLReading(expression).metrics == metrics)
  }

  @Test(arguments: [
    ("x", 0), ("increase(x[1d])", 86_400), ("x offset 1w", 604_800), ("last_over_time(x[10m] offset 1h)", 4200),
    ("avg_over_time(x[2w:1h] offset 1d)", 15 * 86_400), ("max_over_time(rate(x[5m])[1h:])", 3900),
    ("x + y offset 1w", 0), ("y offset 1w + x[5m] offset 1h", 3900), ("x offset 1h or x offset 2h > y[1d]", 7200),
    ("max_over_time(max_over_time(x[5m:1m])[1h:5m]) + y", 3900), ("y[1h]", 0),
  ])
  func reach(_ expression: String, _ seconds: Int) {
    #expect(PromQLReading(expression).reach(of: "x") == seconds)
  }

  @Test(arguments: [("x", nil), ("x offset 1w - x offset 5m", 300), ("a[5m] offset 1h", 3600)] as [(String, Int?)])
  func shortestOffset(_ expression: String, _ seconds: Int?) {
    #expect(PromQLReading(expression).shortestOffset == seconds)
  }

  @Test func renamingLeavesStringsLabelsAndLongerNamesAlone() {
    let renamed = PromQLReading.renaming(
      ["a": "a:new"], in: #"sum by (a) (a{a="a"}[5m]) / a_total + a # a"#)
    #expect(renamed == #"sum by (a) (a:new{a="a"}[5m]) / a_total + a:new # a"#)
  }

  @Test(
    arguments: [
      ("90s", 90), ("5m", 300), ("1h30m", 5400), ("1d", 86_400), ("2w", 1_209_600), ("1500ms", 1), ("", nil),
      ("5", nil),
      ("m", nil), ("5x", nil), ("1h ", nil),
    ] as [(String, Int?)])
  func duration(_ text: String, _ seconds: Int?) {
    #expect(PrometheusDuration.seconds(text) == seconds)
  }
}
