import Exposition
import TestSupport
import Testing

/// Whatever is written reads back the same, in both formats.
struct RoundTripTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func hostileSamplesReadBack(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cases = (0..<Int.random(in: 1...6, using: &random)).map { Case(number: $0, using: &random) }
    for format in ExpositionFormat.allCases {
      let body = Samples.body(cases.map(\.section), format)
      let families = try StrictParser.parse(body, format)
      #expect(families.count == cases.count)
      for (family, expected) in zip(families, cases) { try expected.check(family, format) }
      #expect(try Gunzip.oneMember(Samples.body(cases.map(\.section), format, .gzip)) == body)
      let parts = EncodedRun(Document(cases.map(\.section)).parts(format), .gzip)
      #expect(try Gunzip.oneMember(Envelope.body(of: [parts], format, .gzip)) == body)
    }
  }
}

/// A family with random samples.
private struct Case {
  let family: Family
  let samples: [(labels: [Label], value: SampleValue)]

  init(number: Int, using random: inout SeededGenerator) {
    let kind = Bool.random(using: &random) ? Family.Kind.counter : .gauge
    let unit = ["", "_seconds", "_bytes"].randomElement(using: &random) ?? ""
    family = Family(
      "family_\(number)\(unit)\(kind == .counter ? "_total" : "")", kind, help: Case.text(using: &random),
      unit: "seconds")
    var samples: [(labels: [Label], value: SampleValue)] = []
    for index in 0..<Int.random(in: 1...20, using: &random) {
      let labels = (0..<Int.random(in: 0...4, using: &random)).map { Label("l\($0)", Case.text(using: &random)) }
      samples.append((labels + [Label("index", "\(index)")], Case.value(using: &random)))
    }
    self.samples = samples
  }

  var section: Section {
    let middle = samples.count / 2
    let pieces = [samples[..<middle], samples[middle...]].map { part in
      Samples.piece(family, part.map { (LabelSet($0.labels), $0.value) })
    }
    return Section(family: family, pieces: pieces)
  }

  func check(_ parsed: ParsedFamily, _ format: ExpositionFormat) throws {
    #expect(parsed.name == (format == .text ? family.name : family.openMetricsName))
    #expect(parsed.kind == family.kind)
    #expect(parsed.help == family.help)
    #expect(parsed.unit == (format == .openMetrics && family.openMetricsName.hasSuffix("_seconds") ? "seconds" : nil))
    #expect(parsed.samples.count == samples.count)
    for (sample, expected) in zip(parsed.samples, samples) {
      #expect(sample.name == family.name)
      // Swift holds canonically equivalent strings for equal; labels are bytes.
      let labels = expected.labels.filter { !$0.value.isEmpty }
      #expect(sample.labels.map { Array($0.value.utf8) } == labels.map { Array($0.value.utf8) })
      #expect(sample.labels.map(\.name) == labels.map(\.name))
      #expect(Case.equals(sample.value, expected.value), "\(sample.value) for \(expected.value)")
    }
  }

  private static func equals(_ text: String, _ value: SampleValue) -> Bool {
    switch value {
    case .integer(let value): return Int64(text) == value
    case .micros(let value):
      let parts = text.split(separator: ".", maxSplits: 1)
      let fraction = parts.count == 2 ? parts[1] : ""
      guard fraction.count <= 6, fraction.last != "0" else { return false }
      return Int64(parts[0] + fraction + String(repeating: "0", count: 6 - fraction.count)) == value
    case .real(let value):
      guard let number = Double(text) else { return false }
      return number == value || (number.isNaN && value.isNaN)
    }
  }

  private static func text(using random: inout SeededGenerator) -> String {
    let stock = [
      "\\", "\"", "\n", "\\n", "{", "}", ",", "=", "#", " ", "a", "é", "e\u{301}", "🤖", "\u{202E}", "\0", "\r",
    ]
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in
      guard Int.random(in: 0..<4, using: &random) == 0 else { return stock.randomElement(using: &random) ?? "" }
      return Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)).map(String.init) ?? "\u{FFFD}"
    }.joined()
  }

  private static func value(using random: inout SeededGenerator) -> SampleValue {
    let bits = random.next() >> UInt64.random(in: 0..<64, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .integer(Int64(bitPattern: bits))
    case 1: return .micros(Int64(bitPattern: bits))
    case 2: return .real(Double(bitPattern: random.next()))
    default: return .real(Double(Int64(bitPattern: bits)) / 8)
    }
  }
}
