import Tabular
import Testing

struct FieldTests {
  private func fields(_ line: [UInt8], _ check: (borrowing Record) -> Void) throws {
    var reader = CSVReader()
    var rows = 0
    try reader.read((Array("a,b,c,d\n".utf8) + line + Array("\n".utf8)).span) { row in
      rows += 1
      check(row)
    }
    #expect(rows == 1)
  }

  @Test func fieldsAreReadAsWhatTheyHold() throws {
    try fields(Array("\"x\"\"y\",1.5,yes,2026-11-01 00:00:01".utf8)) { row in
      #expect(row.count == 4)
      #expect(row.field(0).text == "x\"y")
      #expect(row.field(0).count == 3)
      #expect(row.field(0).decimal(scale: 1) == .notANumber)
      #expect(row.field(1).decimal(scale: 1_000_000) == .value(1_500_000))
      #expect(row.field(2).bool == true)
      #expect(row.field(3).timestamp?.secondOfDay == 1)
      let length: Int = row.withBytes(0) { $0.count }
      #expect(length == 3)
      let second: UInt8 = row.field(0).withBytes { $0[1] }
      #expect(second == UInt8(ascii: "\""))
    }
  }

  @Test func invalidUTF8IsFoundPerField() throws {
    try fields([0xFF, 0x2C] + Array("é,".utf8) + [0x61, 0xC3, 0x2C]) { row in
      #expect(row.field(0).text == nil)
      #expect(row.field(0).repairedText == "\u{FFFD}")
      #expect(row.field(1).text == "é")
      #expect(row.field(2).text == nil)
      #expect(row.field(2).repairedText == "a\u{FFFD}")
      #expect(row.field(3).text == "")
      #expect(row.field(3).isEmpty)
      #expect(row.field(3).decimal(scale: 1) == .empty)
    }
  }

  @Test func aFieldThatIsKeptDoesNotChange() throws {
    var reader = CSVReader()
    var kept: [Field] = []
    for chunk in ["a\n\"1\"\"\"\n", "2\n\"3\"", "\"\"\n4"] {
      try reader.read(Array(chunk.utf8).span) { kept.append($0.field(0)) }
    }
    try reader.finish { kept.append($0.field(0)) }
    #expect(kept.map(\.repairedText) == ["1\"", "2", "3\"", "4"])
  }

  static let guarded: [(text: String, unguarded: String)] = [
    ("'=1", "=1"), ("'+1", "+1"), ("'-bot", "-bot"), ("'@ana", "@ana"), ("'-", "-"), ("'=\"\"x", "=\"x"),
    ("", ""), ("'", "'"), ("''", "''"), ("''=1", "''=1"), ("'x", "'x"), ("-1", "-1"), (" '=1", " '=1"), ("'’=", "'’="),
  ]

  @Test(arguments: guarded)
  func aFormulaGuardIsDropped(_ text: String, _ unguarded: String) throws {
    try fields(Array("0,\"\(text)\",2,3".utf8)) { row in
      #expect(row.field(1).unguarded.text == unguarded)
      #expect(row.field(1).unguarded.count == unguarded.utf8.count)
    }
  }

  @Test func everyFieldOfCSVIsAValue() throws {
    try fields(Array(",\"\",null,[]".utf8)) { row in
      for column in 0..<4 { #expect(row.presence(column) == .value) }
    }
  }
}
