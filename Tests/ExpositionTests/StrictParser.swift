import Exposition

/// What a parser understands of a body.
struct ParsedFamily: Equatable {
  var name: String
  var kind: Family.Kind
  var help: String
  var unit: String?
  var samples: [ParsedSample] = []
}

struct ParsedSample: Equatable {
  var name: String
  var labels: [Label]
  var value: String
}

struct ParseError: Error {
  let reason: String
  let line: Int
}

/// Reads a body and accepts nothing that its format does not demand: every family has its lines in the order in which
/// this exporter writes them, and every sample belongs to the family above it.
struct StrictParser {
  private let format: ExpositionFormat
  private var lines: [ArraySlice<UInt8>]
  private var next = 0
  private var families: [ParsedFamily] = []

  static func parse(_ body: [UInt8], _ format: ExpositionFormat) throws -> [ParsedFamily] {
    var parser = StrictParser(format, body)
    try parser.run(endsInNewline: body.last.map { $0 == UInt8(ascii: "\n") } ?? true)
    return parser.families
  }

  private init(_ format: ExpositionFormat, _ body: [UInt8]) {
    self.format = format
    lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private mutating func run(endsInNewline: Bool) throws {
    try check(endsInNewline, "the body ends within a line")
    lines.removeLast()
    if format == .openMetrics {
      try check(lines.last.map { Array($0) } == Array("# EOF".utf8), "no # EOF at the end")
      lines.removeLast()
    }
    while next < lines.count { try family() }
    try check(Set(families.map(\.name)).count == families.count, "a family is there twice")
  }

  private mutating func family() throws {
    var family: ParsedFamily
    switch format {
    case .text:
      let (name, help) = try metadata("HELP")
      family = ParsedFamily(name: name, kind: try kind(name), help: try unescaped(help, quotes: false))
    case .openMetrics:
      let (name, kind) = try metadata("TYPE")
      guard let kind = Family.Kind(rawValue: text(kind)) else { throw error("an unknown type") }
      family = ParsedFamily(name: name, kind: kind, help: "")
      if let unit = try? metadata("UNIT", name) {
        family.unit = text(unit)
        try check(name.hasSuffix("_" + text(unit)), "a unit that is not the name's suffix")
      }
      family.help = try unescaped(try metadata("HELP", name), quotes: true)
    }
    while next < lines.count, lines[next].first != UInt8(ascii: "#") { family.samples.append(try sample(of: family)) }
    try check(!family.samples.isEmpty, "a family without samples")
    families.append(family)
  }

  private mutating func kind(_ name: String) throws -> Family.Kind {
    guard let kind = Family.Kind(rawValue: text(try metadata("TYPE", name))) else { throw error("an unknown type") }
    return kind
  }

  /// `# KEYWORD name rest`
  private mutating func metadata(_ keyword: String) throws -> (name: String, rest: ArraySlice<UInt8>) {
    try check(next < lines.count, "no line for \(keyword)")
    let parts = lines[next].split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
    try check(parts.count == 4 && text(parts[0]) == "#" && text(parts[1]) == keyword, "no \(keyword)")
    next += 1
    return (text(parts[2]), parts[3])
  }

  private mutating func metadata(_ keyword: String, _ name: String) throws -> ArraySlice<UInt8> {
    let (found, rest) = try metadata(keyword)
    try check(found == name, "\(keyword) of another family")
    return rest
  }

  private mutating func sample(of family: ParsedFamily) throws -> ParsedSample {
    var cursor = LineCursor(lines[next])
    let name = cursor.take { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: " ") }
    var labels: [Label] = []
    if cursor.skip("{") {
      repeat {
        let name = cursor.take { $0 != UInt8(ascii: "=") }
        try check(cursor.skip("=\""), "no label value")
        guard let value = cursor.takeQuoted() else { throw error("a label value without end") }
        labels.append(Label(text(name), try unescaped(value, quotes: true)))
      } while cursor.skip(",")
      try check(cursor.skip("}"), "no closing brace")
    }
    try check(cursor.skip(" "), "no space before the value")
    let value = text(cursor.take { _ in true })
    try check(!value.isEmpty && !value.contains(" "), "no value, or a timestamp")
    try check(sampleNames(of: family).contains(text(name)), "a sample of another family")
    next += 1
    return ParsedSample(name: text(name), labels: labels, value: value)
  }

  private func sampleNames(of family: ParsedFamily) -> [String] {
    switch family.kind {
    case .gauge: [family.name]
    case .counter: [format == .openMetrics ? family.name + "_total" : family.name]
    case .histogram: ["_bucket", "_sum", "_count"].map { family.name + $0 }
    }
  }

  private func unescaped(_ bytes: ArraySlice<UInt8>, quotes: Bool) throws -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        try check(!(quotes && byte == UInt8(ascii: "\"")), "a bare quote")
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "\"") where quotes: result.append(UInt8(ascii: "\""))
      default: throw error("an unknown escape")
      }
    }
    return text(result)
  }

  private func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
  private func error(_ reason: String) -> ParseError { ParseError(reason: reason, line: next + 1) }
  private func check(_ condition: Bool, _ reason: String) throws {
    if !condition { throw error(reason) }
  }
}
