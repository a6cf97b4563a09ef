import Tabular
import TestSupport
import Testing

struct JSONRandomTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func recordsAreThoseThatFoundationReads(_ seed: UInt64) throws {
    var random = JSONRandom(seed: seed)
    let document = random.document()
    let reading = JSONReading(shape: random.shape, columns: JSONRandom.columns)
    let outcome = reading.read(document)
    #expect(outcome.error == nil)
    let expected = try #require(random.oracle(document))
    #expect(outcome.records.count == expected.count)
    for (record, object) in zip(outcome.records, expected) {
      for (cell, column) in zip(record, JSONRandom.columns) {
        #expect(JSONRandom.cell(object, column).agrees(with: cell), "\(column)")
      }
    }
    for (column, name) in JSONRandom.columns.enumerated() {
      #expect(outcome.seen[column] == expected.contains { JSONRandom.cell($0, name) != .absent })
    }
  }

  @Test(arguments: 0..<120 as Range<UInt64>)
  func chunksDoNotMatter(_ seed: UInt64) {
    var random = JSONRandom(seed: seed)
    let reading = JSONReading(shape: random.shape, columns: JSONRandom.columns, members: ["x"])
    for document in [random.document(), random.mutated(random.document())] {
      let whole = reading.read(document)
      #expect(reading.read(document, chunk: 1) == whole)
      for count in [1, 3, 20] {
        let cuts = (0..<count).map { _ in Int.random(in: 0...document.count, using: &random.random) }
        #expect(reading.read(document, cuts: cuts) == whole)
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyTruncationIsRefused(_ seed: UInt64) {
    var random = JSONRandom(seed: seed)
    let document = random.document()
    let reading = JSONReading(shape: random.shape, columns: JSONRandom.columns)
    let whole = reading.read(document)
    for length in 0..<document.count {
      let part = Array(document[..<length])
      let outcome = reading.read(part)
      // Between two lines, and before or within trailing space, a document is whole.
      #expect((outcome.error == nil) == (random.oracle(part) != nil), "\(length)")
      #expect(whole.records.starts(with: outcome.records))
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func whatFoundationRefusesIsRefused(_ seed: UInt64) {
    var random = JSONRandom(seed: seed)
    let document = random.document()
    let reading = JSONReading(shape: random.shape, columns: JSONRandom.columns)
    for _ in 0..<40 {
      let mutant = random.mutated(document)
      let outcome = reading.read(mutant)
      let expected = random.oracle(JSONRandom.withoutDifferences(mutant))
      #expect(
        (outcome.error == nil) == (expected != nil), "\(String(decoding: mutant, as: UTF8.self).debugDescription)")
      if let expected, outcome.error == nil { #expect(outcome.records.count == expected.count) }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func noiseNeverHarms(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = Array("{{{}}[[]]\"\"\"::,,aa11\\un \n".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]
    let noise = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    for (shape, start) in [(JSONReader.Shape.array, "[{"), (.lines, "{\"a\":1}\n{"), (.list(in: "a"), "{\"a\":[{")] {
      #expect(JSONReading(shape: shape).isIndifferentToCuts(Array(start.utf8) + noise))
    }
  }
}
