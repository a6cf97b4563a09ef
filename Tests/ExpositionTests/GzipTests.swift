import Exposition
import TestSupport
import Testing

struct GzipTests {
  private static func text(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    // Words from a small stock repeat, as labels do; the numbers do not.
    return (0..<count).flatMap { _ in
      Array("agent_\(random.next() % 50){workspace=\"acme\"} \(random.next() >> (random.next() % 64))\n".utf8)
    }
  }

  @Test(arguments: [0, 1, 2, 5, 40, 1000, 20_000])
  func anySplitOfATextIsOneMember(_ lines: Int) throws {
    let whole = Self.text(lines, seed: UInt64(lines))
    var random = SeededGenerator(seed: 42)
    for parts in [1, 2, 3, 17] {
      let cuts = ([0, whole.count] + (1..<parts).map { _ in Int.random(in: 0...whole.count, using: &random) }).sorted()
      let pieces = zip(cuts, cuts.dropFirst()).map { Piece(identity: Array(whole[$0..<$1]), samples: 1) }
      let checksum = pieces.reduce(Checksum.empty) { $0.followed(by: $1.checksum) }
      #expect(checksum == Checksum(of: whole))
      let body =
        Envelope.head(.gzip) + pieces.flatMap { $0.deflated } + Envelope.tail(.gzip, checksum)
      #expect(try Gunzip.oneMember(body) == whole)
    }
  }

  @Test func textThatDoesNotCompressSurvives() throws {
    var random = SeededGenerator(seed: 7)
    for length in [1, 255, 256, 257, 65_535, 65_536, 300_000] {
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let piece = Piece(identity: noise, samples: 1)
      #expect(piece.deflated.count <= length + length / 100 + 32)
      let body = Envelope.head(.gzip) + piece.deflated + Envelope.tail(.gzip, piece.checksum)
      #expect(try Gunzip.oneMember(body) == noise)
    }
  }

  @Test(arguments: [10, 1000, 20_000])
  func repetitiveTextBecomesMuchShorter(_ lines: Int) {
    let piece = Piece(identity: Self.text(lines, seed: 3), samples: lines)
    #expect(piece.deflated.count * 10 < piece.identity.count * (lines < 100 ? 8 : 5))
  }

  @Test func anEmptyPieceAddsNothing() {
    #expect(Piece.empty.deflated.isEmpty)
    #expect(Piece.empty.checksum == .empty)
    let sum = Checksum(of: Array("abc".utf8))
    #expect(sum.crc32 == 0x3524_41C2)
    #expect(sum.followed(by: .empty) == sum)
    #expect(Checksum.empty.followed(by: sum) == sum)
  }

  /// A document is compressed as a whole if it is small, and as its pieces were made if it is large.
  @Test(arguments: [(1, true), (20, true), (100, false)])
  func documentsOfAnySizeSayTheSame(_ families: Int, isWhole: Bool) throws {
    var random = SeededGenerator(seed: 9)
    let agents = (0..<60).map { _ in LabelSet([Label("workspace", "acme"), Label("agent_id", "\(random.next())")]) }
    let sections = (0..<families).map { number in
      let family = Family("family_\(number)_total", .counter, help: "Something of an agent.")
      let values = agents.map { ($0, SampleValue.integer(Int64(random.next() % 1000))) }
      // Many at once, and few of many.
      return Section(
        family: family, pieces: [Samples.piece(family, values + values + values), Samples.piece(family, values)])
    }
    let plain = Samples.body(sections, .text)
    #expect((plain.count <= 1 << 19) == isWhole)
    let packed = Samples.body(sections, .text, .gzip)
    #expect(try Gunzip.oneMember(packed) == plain)
    #expect(Document(sections).pieces(.text, .gzip).count == (isWhole ? 1 : 3 * families))
    if isWhole { #expect(packed.count <= Deflate.fragment(plain).count + 20) }
  }

  @Test(arguments: ExpositionFormat.allCases)
  func bothEncodingsSayTheSame(_ format: ExpositionFormat) throws {
    let plain = Samples.body(Samples.sections, format)
    #expect(try Gunzip.oneMember(Samples.body(Samples.sections, format, .gzip)) == plain)
  }
}
