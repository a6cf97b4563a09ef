import Exposition

/// Whatever is written, an independent parser reads back equal: in both formats, in both encodings.
enum ExpositionTarget {
  private struct Sample {
    let labels: [Label]
    let value: SampleValue
  }

  private struct Case {
    let family: Family
    let samples: [Sample]
  }

  static func run(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    var cases: [Case] = []
    while !input.isEmpty && cases.count < 6 { cases.append(makeCase(cases.count, &input)) }
    let cut = Int(input.byte())
    let document = Document(cases.map { section($0, cut: cut) })
    do {
      for format in ExpositionFormat.allCases {
        let body = Envelope.body(of: [document.encoded(format, .identity)], format, .identity)
        // As a small document is compressed, and as the pieces of a larger one are.
        for run in [document.encoded(format, .gzip), EncodedRun(document.parts(format), .gzip)] {
          let packed = Envelope.body(of: [run], format, .gzip)
          require(try Gunzip.oneMember(packed) == body, "gzip holds something else")
        }
        let families = try StrictParser.parse(body, format)
        let expected = cases.filter { !$0.samples.isEmpty }
        require(families.count == expected.count, "a family is lost")
        for (family, expected) in zip(families, expected) { compare(family, expected, format) }
      }
    } catch {
      fatalError("it does not read back: \(error)")
    }
  }

  private static func makeCase(_ number: Int, _ input: inout FuzzInput) -> Case {
    let kind = input.choose([Family.Kind.counter, .gauge])
    let unit = input.choose(["", "_seconds", "_bytes"])
    let name = "family_\(number)\(unit)\(kind == .counter ? "_total" : "")"
    let family = Family(name, kind, help: input.text(), unit: "seconds")
    var samples: [Sample] = []
    for index in 0..<Int(input.byte() % 12) {
      let labels = (0..<Int(input.byte() % 4)).map { Label("l\($0)", input.text()) }
      samples.append(Sample(labels: labels + [Label("index", "\(index)")], value: value(&input)))
    }
    return Case(family: family, samples: samples)
  }

  private static func value(_ input: inout FuzzInput) -> SampleValue {
    switch input.byte() % 3 {
    case 0: .integer(Int64(bitPattern: input.word()))
    case 1: .micros(Int64(bitPattern: input.word()))
    default: .real(Double(bitPattern: input.word()))
    }
  }

  private static func section(_ item: Case, cut: Int) -> Section {
    let middle = item.samples.isEmpty ? 0 : cut % (item.samples.count + 1)
    let pieces = [item.samples[..<middle], item.samples[middle...]].map { part in
      var writer = SampleWriter(item.family)
      for sample in part { writer.sample(LabelSet(sample.labels), sample.value) }
      return writer.finish()
    }
    return Section(family: item.family, pieces: pieces)
  }

  private static func compare(_ parsed: ParsedFamily, _ item: Case, _ format: ExpositionFormat) {
    require(parsed.name == (format == .text ? item.family.name : item.family.openMetricsName), "another name")
    require(parsed.kind == item.family.kind, "another type")
    require(Array(parsed.help.utf8) == Array(item.family.help.utf8), "another help")
    require(parsed.samples.count == item.samples.count, "a sample is lost")
    for (sample, expected) in zip(parsed.samples, item.samples) {
      let labels = expected.labels.filter { !$0.value.isEmpty }
      require(sample.labels.map(\.name) == labels.map(\.name), "other labels")
      // Swift holds canonically equivalent strings for equal; labels are bytes.
      require(sample.labels.map { Array($0.value.utf8) } == labels.map { Array($0.value.utf8) }, "other label values")
      require(equals(sample.value, expected.value), "\(sample.value) for \(expected.value)")
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
}
