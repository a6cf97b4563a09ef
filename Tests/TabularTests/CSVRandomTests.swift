import Tabular
import TestSupport
import Testing

struct CSVRandomTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func chunksDoNotMatter(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let records = Documents.random(using: &random)
    let document = Documents.write(records, Documents.style(using: &random))
    let whole = Documents.read(document)
    #expect(whole.error == nil)
    #expect(whole.header == records[0].map { String(decoding: $0, as: UTF8.self) })
    #expect(whole.records == Array(records.dropFirst()))
    for count in [1, 3, 20] {
      let cuts = (0..<count).map { _ in Int.random(in: 0...document.count, using: &random) }
      #expect(Documents.read(document, cuts: cuts) == whole)
    }
    #expect(Documents.read(document, cuts: Array(0...document.count)) == whole)
  }

  /// A cut shows as an error, or leaves a beginning of the records: at most the last field of the last one is shorter,
  /// and then the reader tells that it had no line end.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func everyTruncationIsRefusedOrABeginning(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var style = Documents.style(using: &random)
    style.endsWithNewline = true
    let records = Documents.random(using: &random)
    let document = Documents.write(records, style)
    let whole = Documents.read(document)
    for length in 0..<document.count {
      let part = Documents.read(Array(document[..<length]))
      guard part.error == nil, part.header == whole.header else { continue }
      #expect(part.records.count <= whole.records.count)
      for (index, record) in part.records.enumerated() where record != whole.records[index] {
        #expect(index == part.records.count - 1)
        #expect(record.dropLast() == whole.records[index].dropLast())
        #expect(whole.records[index].last?.starts(with: record.last ?? []) == true)
        #expect(document[length - 1] != UInt8(ascii: "\n"))
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func noiseNeverHarms(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = Array("a1,,\"\"\n\n\r".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]
    let document = (0..<Int.random(in: 0...400, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
    let whole = Documents.read(document)
    #expect(Documents.read(document, cuts: Array(0...document.count)) == whole)
  }

  /// Wherever a block of 64 bytes ends, it tells of the quotes, line ends and separators around it what single bytes do.
  @Test(arguments: [
    "\"a\",\"b\"\n", "\"a\"\"b\",c\n", "\"\",\"\"\r\n", "\"a,\nb\",\"c\"\r\n", "a\"b,\"c\"\n",
    "a,\"\"\"\"\n",
    "\"a\"b,c\n",
    "\"a\"\n,\n", "\"a\"\r,b\n", "a,\"b", "a,\"b\"", "\n\n\r\na,b\n",
  ])
  func blocksDoNotMatter(_ record: String) {
    for padding in 0..<140 {
      let front = String(repeating: "x", count: padding) + ",\"" + String(repeating: "y\n", count: padding % 7) + "\"\n"
      let document = Array((front + record + "1,2\n" + String(repeating: "3,\"4\"\n", count: 40)).utf8)
      #expect(Documents.read(document, cuts: Array(0...document.count)) == Documents.read(document))
    }
  }
}
