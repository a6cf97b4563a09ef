import Tabular
import Testing

struct CSVReaderTests {
  static let documents: [(text: String, records: [[String]])] = [
    ("", []),
    ("\n\r\n\n", []),
    ("a,b", []),
    ("a,b\n", []),
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["1", "2"]]),
    ("a,b\n1,2", [["1", "2"]]),
    ("a,b\n1,2\r", [["1", "2"]]),
    ("a,b\n1,\"2\"\r", [["1", "2"]]),
    ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
    ("\u{FEFF}\"a\",b\n\u{FEFF},2\n", [["\u{FEFF}", "2"]]),
    ("\n\na,b\n\r\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]]),
    ("a,b\n,\n", [["", ""]]),
    ("a,b\n\"\",\"\"\n", [["", ""]]),
    ("a\n\"\"\nx\n", [[""], ["x"]]),
    ("a\n\"\"", [[""]]),
    ("a,b\n\"1,\n2\",\"3\r\n4\"\n", [["1,\n2", "3\r\n4"]]),
    ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
    ("a,b\n\"\"\"\"\"\",\"\"\"x\"\n1,2\n", [["\"\"", "\"x"], ["1", "2"]]),
    ("a,b\n5\" disk,x\"y\"\n", [["5\" disk", "x\"y\""]]),
    ("a,b\n \"x\", y \n", [[" \"x\"", " y "]]),
    ("a,b\n1\r2,\r\n", [["1\r2", ""]]),
    ("a,b\n1,2\r\r\n", [["1", "2\r"]]),
  ]

  @Test(arguments: documents)
  func reads(_ text: String, _ records: [[String]]) {
    let outcome = Documents.read(text)
    #expect(outcome.error == nil)
    #expect(outcome.records == records.map { $0.map { Array($0.utf8) } })
    let hasHeader = text.contains("a")
    #expect((outcome.header != nil) == hasHeader)
  }

  static let faults: [(text: String, error: CSVError)] = [
    ("a,b\n1\n", .ragged(record: 2, fields: 1, expected: 2)),
    ("a,b\n1,2,3", .ragged(record: 2, fields: 3, expected: 2)),
    ("a,b\n1,2\n\nERROR: out of memory\n", .ragged(record: 3, fields: 1, expected: 2)),
    ("a,b\n1,\"2", .truncated(record: 2)),
    ("a,b\n1,\"2\n3,4\n", .truncated(record: 2)),
    ("a,\"b", .truncated(record: 1)),
    ("a,b\n\"1\"x,2\n", .textAfterQuote(record: 2)),
    ("a,b\n1,\"2\" \n", .textAfterQuote(record: 2)),
    ("a,b\n1,\"2\" \"3\"\n", .textAfterQuote(record: 2)),
    ("a,b\n1,\"2\"\rx\n", .textAfterQuote(record: 2)),
    ("a,b\n1,\"2\"x", .textAfterQuote(record: 2)),
    ("a,b\n1,\"2\"\r\r\n", .textAfterQuote(record: 2)),
  ]

  @Test(arguments: faults)
  func refuses(_ text: String, _ error: CSVError) {
    #expect(Documents.read(text).error == error)
    let bytes = Array(text.utf8)
    #expect(Documents.read(bytes, cuts: Array(1..<bytes.count)).error == error)
    #expect(!error.description.isEmpty)
  }

  @Test func recordsBeforeAFaultAreHandedOn() {
    #expect(Documents.read("a\n1\n2\n3,4\n").records.count == 2)
  }

  @Test func tellsWhetherTheLastLineHadAnEnd() throws {
    for (text, expected) in [("a\n1\n", true), ("a\n1", false), ("a", false), ("", true)] {
      var reader = CSVReader()
      try reader.read(Array(text.utf8).span) { _ in }
      try reader.finish { _ in }
      #expect(reader.endsWithNewline == expected)
    }
  }

  @Test func countsRecordsAndShowsTheHeaderWithEachRow() throws {
    var reader = CSVReader()
    var numbers: [Int] = []
    try reader.read(Array("id,N\n\n1,2\n3,4\n".utf8).span) { row in
      numbers.append(row.number)
      #expect(row.header.index(of: "n") == 1)
    }
    #expect(numbers == [2, 3])
    #expect(reader.records == 3)
  }

  @Test func whatARowThrowsComesThrough() {
    struct Refused: Error {}
    var reader = CSVReader()
    #expect(throws: Refused.self) { try reader.read(Array("a\n1\n".utf8).span) { _ in throw Refused() } }
  }
}
