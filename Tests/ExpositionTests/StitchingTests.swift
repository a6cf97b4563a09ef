import Exposition
import TestSupport
import Testing

@Suite("Lines whose labels were compressed in advance")
struct StitchingTests {
  /// Lines as a family has them: much of each stands in the one before, some in no other.
  private static func labels(_ count: Int, using random: inout SeededGenerator) -> [LabelSet] {
    let alphabet = Array("abcdef0123456789-_ äß🚀\"\\\n\u{0}")
    func word(_ length: Int) -> String {
      String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "x" })
    }
    let workspaces = (0..<3).map { _ in word(Int.random(in: 1...20, using: &random)) }
    return (0..<count).map { _ in
      if Int.random(in: 0..<50, using: &random) == 0 { return .none }
      // Now and then longer than the longest match, or than the window reaches.
      let lengths = [5, 5, 5, 5, 36, 300, 700, Int.random(in: 0..<40_000, using: &random) / 10]
      return LabelSet([
        Label("workspace", workspaces.randomElement(using: &random) ?? ""),
        Label("agent_id", word(lengths.randomElement(using: &random) ?? 5)), Label("period", "day"),
      ])
    }
  }

  private static func values(_ count: Int, using random: inout SeededGenerator) -> [SampleValue] {
    let special: [SampleValue] = [
      .integer(0), .integer(.max), .integer(.min), .micros(.min), .micros(1), .micros(-1_500_000), .real(.nan),
      .real(.infinity), .real(-.infinity), .real(-0.0), .real(.leastNonzeroMagnitude), .real(-.greatestFiniteMagnitude),
      .real(0.1),
    ]
    return (0..<count).map { _ in
      switch Int.random(in: 0..<4, using: &random) {
      case 0: special.randomElement(using: &random) ?? .integer(0)
      case 1: .micros(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
      default: .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
      }
    }
  }

  /// What was made in advance says the same as lines that are written one by one, and again with other values.
  @Test(
    "with any values say what lines written one by one say",
    arguments: [1, 2, 3, 23, 24, 25, 100, 1000, LineTemplate.capacity])
  func equality(_ count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    for _ in 0..<(count < 100 ? 200 : 3) {
      let labels = Self.labels(count, using: &random)
      let template = LineTemplate(LineHeads(name: Samples.messages.name, labels: labels))
      for _ in 1...2 {
        let values = Self.values(count, using: &random)
        let piece = template.piece(values)
        let expected = zip(labels, values).flatMap { Samples.line(Samples.messages, $0, $1) }
        try #require(piece.identity == expected)
        #expect(piece.samples == count)
        #expect(piece.checksum == Checksum(of: expected))
        #expect(piece.size(.identity) == expected.count)
        // Between others of its kind.
        let body = Envelope.body(of: [EncodedRun([piece, .empty, piece], .gzip)], .text, .gzip)
        try #require(try Gunzip.oneMember(body) == expected + expected)
      }
    }
  }

  @Test("say the same if they share their labels with lines of other names, and with a line of another name after them")
  func sharing() throws {
    var random = SeededGenerator(seed: 5)
    for count in [1, 30, 500] {
      let labels = Self.labels(count, using: &random)
      let values = Self.values(count, using: &random)
      let first = LineHeads(name: Samples.messages.name, labels: labels)
      for others in [[], [first], [LineHeads(name: "b", labels: Self.labels(count, using: &random)), first]] {
        let heads = LineHeads(name: "other", labels: labels, sharing: others)
        let expected = zip(labels, values).flatMap { Samples.line(Family("other", .gauge, help: ""), $0, $1) }
        let piece = LineTemplate(heads).piece(values)
        try #require(piece.identity == expected)
        #expect(piece.checksum == Checksum(of: expected))
        #expect(try Gunzip.oneMember(Envelope.body(of: [EncodedRun([piece], .gzip)], .text, .gzip)) == expected)
        #expect(heads == LineHeads(name: "other", labels: labels))
        var longer = heads
        longer.append("last", labels[0])
        let last = Samples.line(Family("last", .gauge, help: ""), labels[0], .integer(7))
        #expect(LineTemplate(longer).piece(values + [.integer(7)]).identity == expected + last)
      }
    }
  }

  @Test("are nearly as short as zlib makes them")
  func size() {
    var random = SeededGenerator(seed: 11)
    let labels = (0..<4000).map { index in
      LabelSet([
        Label("provider", "dust"), Label("workspace", "acme-\(index / 800)"), Label("agent_id", "a\(random.next())"),
      ])
    }
    let values = (0..<4000).map { _ in SampleValue.integer(Int64(random.next() % 100_000)) }
    let piece = LineTemplate(LineHeads(name: Samples.messages.name, labels: labels)).piece(values)
    let zlib = Piece(identity: piece.identity, samples: 4000)
    #expect(piece.deflated.count < zlib.deflated.count * 11 / 10)
  }

  @Test("have codes that are whole, and no longer than deflate allows, however uneven the counts are")
  func codes() {
    var fibonacci = [1, 1]
    while fibonacci.count < 60 { fibonacci.append(fibonacci[fibonacci.count - 1] + fibonacci[fibonacci.count - 2]) }
    for counts in [[1, 1], [0, 5, 0, 1], fibonacci, Array(repeating: 7, count: 286)] {
      let code = HuffmanCode(counts: counts)
      #expect(code.lengths.allSatisfy { $0 <= 15 })
      #expect(zip(counts, code.lengths).allSatisfy { ($0 > 0) == ($1 > 0) })
      // Kraft's sum of a complete code is 1.
      #expect(code.lengths.filter { $0 > 0 }.reduce(0) { $0 + 1 << (15 - Int($1)) } == 1 << 15)
    }
  }

  @Test("tell distances and lengths as RFC 1951 has them")
  func symbols() {
    // The first and last distance of some symbols, of the table in section 3.2.5.
    for (distance, symbol, extra) in [
      (1, 0, 0), (4, 3, 0), (5, 4, 0), (6, 4, 1), (7, 5, 0), (192, 14, 63), (193, 15, 0), (24_577, 29, 0),
      (32_768, 29, 8191),
    ] {
      let coded = DeflateSymbols.distance(distance)
      #expect(coded.symbol == symbol && coded.extra == UInt64(extra))
    }
    for (length, symbol, extra) in [(3, 257, 0), (10, 264, 0), (12, 265, 1), (257, 284, 30), (258, 285, 0)] {
      let coded = DeflateSymbols.length(length)
      #expect(coded.symbol == symbol && coded.extra == UInt64(extra))
    }
  }
}
