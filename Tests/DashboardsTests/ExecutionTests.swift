import Dashboards
import Foundation
import Testing

@Suite("A duration")
struct GrafanaDurationTests {
  @Test("is read", arguments: zip(["5m", "1d", "90s", "500ms", "2w"], [300, 86_400, 90, 0.5, 1_209_600]))
  func parsing(text: String, seconds: Double) {
    #expect(GrafanaDuration.parse(text) == seconds)
  }

  @Test("that is none is refused", arguments: ["", "5", "m", "5x", "five m"])
  func refusal(text: String) {
    #expect(GrafanaDuration.parse(text) == nil)
  }

  @Test(
    "is written in its largest unit", arguments: zip([60, 90, 3600, 172_800, 0.2], ["1m", "90s", "1h", "2d", "200ms"]))
  func writing(seconds: Double, text: String) {
    #expect(GrafanaDuration.text(seconds) == text)
  }
}

@Suite("The distance of two values")
struct IntervalTests {
  @Test(
    "is rounded as Grafana rounds it",
    arguments: zip([0.004, 1.2, 14, 1542, 1600, 86_399, 86_400], [0.001, 1, 15, 1800, 1800, 43_200, 86_400]))
  func rounding(seconds: Double, interval: Double) {
    #expect(Interval.rounded(seconds) == interval)
  }
}

@Suite("A board's range")
struct TimeSpanTests {
  private static let now = 1_795_262_400.0 + 7200

  @Test(
    "is relative to now",
    arguments: zip(
      [("now-14d", "now"), ("now-6h", "now-1h"), ("now/d", "now"), ("now-1d/d", "now/d")],
      [(-1_209_600.0, 0.0), (-21_600, -3600), (-50_400, 0), (-136_800, -50_400)]))
  func relative(text: (String, String), offsets: (Double, Double)) throws {
    let span = try TimeSpan(from: text.0, to: text.1, now: Self.now)
    #expect(span == TimeSpan(start: Self.now + offsets.0, end: Self.now + offsets.1))
  }

  @Test("of another form is refused", arguments: ["2026-11-21", "now+1d", "now-1x", "now/w"])
  func refusal(text: String) {
    #expect(throws: ExecutionFault.self) { try TimeSpan(from: text, to: "now", now: Self.now) }
  }
}

@Suite("A variable's query")
struct VariableQueryTests {
  @Test("asks for labels or for an expression")
  func forms() throws {
    #expect(try VariableQuery("label_values(up, job)") == .labelValues(label: "job", selector: "up"))
    #expect(
      try VariableQuery(#"label_values(up{a="x, y"}, job)"#) == .labelValues(label: "job", selector: #"up{a="x, y"}"#))
    #expect(try VariableQuery("label_values(job)") == .labelValues(label: "job", selector: nil))
    #expect(try VariableQuery("query_result(max by (a) (up))") == .queryResult("max by (a) (up)"))
    #expect(throws: ExecutionFault.self) { try VariableQuery("metrics(up)") }
  }

  @Test("has its answer read by a regular expression's groups, sorted and each once")
  func options() throws {
    let lines = [#"{agent_id="b",agent_name="Zeta"} 1 0"#, #"{agent_id="a",agent_name="alpha"} 1 0"#, "{} 1 0"]
    let regex = #"/agent_name="(?<text>[^"]+)|agent_id="(?<value>[^"]+)/g"#
    let options = try VariableOption.options(of: lines + lines, regex: regex)
    #expect(options == [VariableOption(text: "alpha", value: "a"), VariableOption(text: "Zeta", value: "b")])
    #expect(try VariableOption.options(of: ["x1", "y"], regex: #"x(\d)"#) == [VariableOption(text: "1", value: "1")])
    #expect(try VariableOption.options(of: ["b", "a"], regex: nil).map(\.value) == ["a", "b"])
    #expect(throws: ExecutionFault.self) { try VariableOption.options(of: [], regex: "(") }
  }
}

@Suite("What is chosen")
struct InterpolationTests {
  private func text(_ choice: Choice, multi: Bool, allValue: String? = nil) throws -> String {
    let json = """
      {"name":"v","type":"query","query":"","multi":\(multi),"includeAll":\(multi),"allValue":\(allValue.map { "\"\($0)\"" } ?? "null")}
      """
    let variable = try JSONDecoder().decode(Board.Variable.self, from: Data(json.utf8))
    let options = ["a", "b.c"].map { VariableOption(text: $0.uppercased(), value: $0) }
    var interpolation = Interpolation()
    interpolation.add(Interpolation.Entry(variable, options: options, choice: choice))
    return interpolation(#"x=~"$v" y=~"${v}" $vv $__range"#)
  }

  @Test("takes the place of the variable, and of no other one")
  func places() throws {
    #expect(try text(.values(["a"]), multi: true) == #"x=~"a" y=~"a" $vv $__range"#)
  }

  @Test("is escaped as its kind asks")
  func escaping() throws {
    #expect(try text(.values(["a", "b.c"]), multi: true).hasPrefix(#"x=~"(a|b\\.c)""#))
    #expect(try text(.all, multi: true).hasPrefix(#"x=~"(a|b\\.c)""#))
    #expect(try text(.all, multi: true, allValue: ".+").hasPrefix(#"x=~".+""#))
    #expect(try text(.values([#"it's \ b.c"#]), multi: false).hasPrefix(#"x=~"it\\'s \\ b.c""#))
  }
}
