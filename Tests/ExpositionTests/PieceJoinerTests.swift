import Exposition
import TestSupport
import Testing

@Suite("Pieces of few lines")
struct PieceJoinerTests {
  /// The lines of one workspace in one family, as they are rendered each time.
  private struct Unit {
    var heads: LineHeads
    var values: [SampleValue]

    var piece: Piece { LineBlock(heads).piece(values) }

    init(_ number: Int, lines: Int, using random: inout SeededGenerator) {
      let labels = (0..<lines).map { line in
        LabelSet([Label("workspace", "w\(number)"), Label("agent_id", "\(line)-\(random.next() % 1000)")])
      }
      heads = LineHeads(name: Samples.messages.name, labels: number.isMultiple(of: 3) ? [] : labels)
      if number.isMultiple(of: 3) { for labels in labels { heads.append(Samples.messages.name, labels) } }
      values = labels.map { _ in .integer(Int64(random.next() % 100_000)) }
    }
  }

  private static func body(_ pieces: [Piece]) throws -> [UInt8] {
    try Gunzip.oneMember(Envelope.body(of: [EncodedRun(pieces, .gzip)], .text, .gzip))
  }

  @Test("say together what they say one by one, whatever comes, goes and changes")
  func equality() throws {
    for seed in 1...30 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      var joiner = PieceJoiner()
      var units = (0..<Int.random(in: 0...120, using: &random)).map {
        Unit($0, lines: [1, 1, 3, 20, 300].randomElement(using: &random) ?? 1, using: &random)
      }
      for round in 0..<12 {
        let pieces = units.map(\.piece) + [.empty]
        let joined = joiner.join(pieces)
        let expected = pieces.flatMap(\.identity)
        #expect(joined.flatMap(\.identity) == expected)
        #expect(joined.reduce(0) { $0 + $1.samples } == units.reduce(0) { $0 + $1.values.count })
        try #require(try Self.body(joined) == expected)
        #expect(Checksum(of: joined) == Checksum(of: expected))
        for index in units.indices where Int.random(in: 0..<4, using: &random) == 0 {
          if let place = units[index].values.indices.randomElement(using: &random) {
            units[index].values[place] = .micros(Int64(random.next() >> 30))
          }
        }
        guard let index = units.indices.randomElement(using: &random) else { continue }
        switch round % 3 {
        case 0: units.remove(at: index)
        case 1: units.insert(Unit(1000 + round, lines: 2, using: &random), at: index)
        default: units[index] = Unit(index, lines: 5, using: &random)
        }
      }
    }
  }

  @Test("take a third of what they would alone, and none is compressed anew for what changes elsewhere")
  func size() {
    var random = SeededGenerator(seed: 3)
    var units = (0..<2000).map { Unit($0, lines: 1, using: &random) }
    var joiner = PieceJoiner()
    let alone = units.reduce(0) { $0 + $1.piece.deflated.count }
    let together = joiner.join(units.map(\.piece))
    #expect(together.reduce(0) { $0 + $1.deflated.count } * 3 < alone)
    #expect(together.count > 5 && together.count < 100)
    // One comes, one goes and one changes.
    units.insert(Unit(5000, lines: 1, using: &random), at: 700)
    units.remove(at: 1300)
    units[100].values = [.integer(7)]
    let again = joiner.join(units.map(\.piece))
    let before = Set(together.map(\.deflated))
    #expect(again.filter { !before.contains($0.deflated) }.count <= 3)
  }
}
