import Tabular
import Testing

struct JSONRecordTests {
  static let columns = ["id", "t.in", "t.out", "t", "t.x.y", "ID"]

  /// A record, and what it has in these columns.
  static let records: [(text: String, cells: [Cell])] = [
    ("{}", [.absent, .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":1,\"ID\":2,\"Id\":3,\"iD\":4}", ["1", .absent, .absent, .absent, .absent, "2"]),
    ("{\"ID\":2,\"i\\u0064\":1}", ["1", .absent, .absent, .absent, .absent, "2"]),
    ("{\" id\":1,\"id \":1,\"idx\":1,\"i\":1,\"\":1}", [.absent, .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":null,\"ID\":\"\"}", [.null, .absent, .absent, .absent, .absent, ""]),
    ("{\"t\":{\"in\":1,\"out\":2}}", [.absent, "1", "2", .composite, .absent, .absent]),
    (
      "{\"t\":{\"out\":null,\"x\":{\"z\":{\"y\":0},\"y\":3},\"in\":[]},\"id\":9}",
      ["9", .composite, .null, .composite, "3", .absent]
    ),
    ("{\"t\":{},\"id\":1}", ["1", .absent, .absent, .composite, .absent, .absent]),
    ("{\"t\":null,\"id\":1}", ["1", .absent, .absent, .null, .absent, .absent]),
    ("{\"t\":5,\"id\":1}", ["1", .absent, .absent, "5", .absent, .absent]),
    ("{\"t\":[{\"in\":1}],\"id\":1}", ["1", .absent, .absent, .composite, .absent, .absent]),
    ("{\"t\":{\"x\":7}}", [.absent, .absent, .absent, .composite, .absent, .absent]),
    ("{\"t.in\":1,\"in\":2,\"x\":{\"t\":{\"in\":3}}}", [.absent, .absent, .absent, .absent, .absent, .absent]),
    // Of two the last one counts.
    ("{\"id\":1,\"id\":2}", ["2", .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":1,\"id\":null}", [.null, .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":1,\"id\":[1]}", [.composite, .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":[1],\"i\\u0064\":\"\\n\"}", ["\n", .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":\"\\\\\\\\n\",\"id\":\"\\\\\\\\n\"}", ["\\\\n", .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":\"\\n\",\"id\":null}", [.null, .absent, .absent, .absent, .absent, .absent]),
    ("{\"id\":\"\\n\",\"id\":\"x\"}", ["x", .absent, .absent, .absent, .absent, .absent]),
    ("{\"t\":{\"in\":1},\"t\":{\"out\":2}}", [.absent, .absent, "2", .composite, .absent, .absent]),
    ("{\"t\":{\"in\":1,\"x\":{\"y\":\"\\t\"}},\"t\":null}", [.absent, .absent, .absent, .null, .absent, .absent]),
    ("{\"t\":{\"in\":1,\"x\":{\"y\":2}},\"\\u0074\":{}}", [.absent, .absent, .absent, .composite, .absent, .absent]),
    ("{\"t\":{\"x\":{\"y\":2},\"x\":{},\"in\":1}}", [.absent, "1", .absent, .composite, .absent, .absent]),
    ("{\"t\":null,\"t\":{\"in\":1}}", [.absent, "1", .absent, .composite, .absent, .absent]),
  ]

  @Test(arguments: records)
  func aRecordHasItsColumns(_ text: String, _ cells: [Cell]) {
    let reading = JSONReading(columns: Self.columns)
    #expect(reading.read("[\(text)]").records == [cells])
    // After records of another order, and before one that must not see anything of it.
    let other = "{\"t\":{\"out\":\"o\",\"in\":\"i\"},\"ID\":0,\"x\":[],\"id\":\"\\\"\"}"
    let document = "[\(other),\(text),\(text),{},\(other)]"
    let outer: [Cell] = ["\"", "i", "o", .composite, .absent, "0"]
    let none = [Cell](repeating: .absent, count: 6)
    #expect(reading.read(document).records == [outer, cells, cells, none, outer])
    #expect(reading.isIndifferentToCuts(Array(document.utf8)))
  }

  @Test func namesMayHoldWhatNeedsEscapes() {
    let reading = JSONReading(columns: ["a\"b", "a\\b", "é.\n", "", "x..y", "🤖"])
    let record = "{\"a\\\"b\":1,\"a\\\\b\":2,\"é\":{\"\\n\":3},\"\":4,\"x\":{\"\":{\"y\":5}},\"\\ud83e\\udd16\":6}"
    let outcome = reading.read("[\(record),\(record)]")
    #expect(outcome.records == Array(repeating: ["1", "2", "3", "4", "5", "6"], count: 2))
    #expect(outcome.error == nil)
    #expect(reading.read("[\(record),{\"a\"b\":1}]").error == .malformed(.token, byte: record.utf8.count + 6))
  }

  @Test func ofANameAskedForTwiceTheFirstColumnIsRead() {
    #expect(JSONReading(columns: ["a", "a"]).read("[{\"a\":1}]").records == [["1", .absent]])
    #expect(JSONReading(columns: []).read("[{\"a\":1},{}]").records == [[], []])
  }

  @Test func hasSeenTellsOfKeysWhateverTheirValue() {
    let reading = JSONReading(columns: ["a", "b.c", "b", "d"])
    #expect(reading.read("[]").seen == [false, false, false, false])
    #expect(reading.read("[{\"b\":null}]").seen == [false, false, true, false])
    #expect(reading.read("[{},{\"a\":null},{\"b\":{\"c\":[]}},{}]").seen == [true, true, true, false])
    // A record that is not complete is none.
    #expect(reading.read("[{\"a\":1},{\"d\":1").seen == [true, false, false, false])
  }

  @Test func theFirstRecordMustHaveWhatIsRequired() {
    var reading = JSONReading(columns: ["a", "b.c"], required: ["b.c", "a"])
    #expect(reading.read("[]").error == nil)
    #expect(reading.read("[{\"a\":null,\"b\":{\"c\":null}},{},{\"a\":1}]").records.count == 3)
    #expect(reading.read("[{\"a\":1}]") == JSONOutcome(error: .missingField("b.c"), seen: [true, false]))
    #expect(reading.read("[{\"a\":1,\"b\":null}]").error == .missingField("b.c"))
    #expect(reading.read("[{\"b\":{\"c\":1}},{\"a\":1}]").error == .missingField("a"))
    reading.required = ["z"]
    #expect(reading.read("[{\"z\":1}]").error == .missingField("z"))
  }

  @Test func theHeaderIsThereFromTheFirstRecordOn() throws {
    var reader = JSONReader(.lines, columns: ["id", "Tokens.Input"])
    var numbers: [Int] = []
    try reader.read(Array("\n{\"id\":1".utf8).span) { _ in }
    #expect(reader.header == nil)
    try reader.read(Array("}\n\n{}".utf8).span) { record in
      numbers.append(record.number)
      #expect(record.header.index(of: "tokens.input") == 1)
      #expect(record.count == 2)
    }
    try reader.finish { _ in }
    #expect(numbers == [1, 2])
    #expect(reader.records == 2)
    #expect(reader.header == Header(["id", "Tokens.Input"]))
  }

  @Test func bytesThatAreNotUTF8ArePassedOnWhereTheyStand() throws {
    var document: [UInt8] = Array("[{\"x".utf8) + [0xFF] + Array("\":\"".utf8) + [0xC3]
    document += Array("\",\"a\":\"".utf8) + [0xC3, 0x28, 0xED, 0xA0, 0x80] + Array("\\n\"},{\"a\":\"é\"}]".utf8)
    #expect(JSONReading().read(document).records.first == [.value([0xC3, 0x28, 0xED, 0xA0, 0x80, 0x0A])])
    #expect(JSONReading().isIndifferentToCuts(document))
    var texts: [String?] = []
    var reader = JSONReader(.array, columns: ["a"])
    try reader.read(document.span) { texts += [$0.field(0).text, $0.field(0).repairedText] }
    #expect(texts == [nil, "\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}\n", "é", "é"])
    #expect(JSONReading().read([0x5B, 0xFF, 0x5D]).error == .malformed(.token, byte: 1))
  }

  @Test func aFieldThatIsKeptDoesNotChange() throws {
    var reader = JSONReader(.lines, columns: ["a"])
    var kept: [Field] = []
    for chunk in ["{\"a\":\"1\\n\"}\n{\"a", "\":\"2\\", "t\"}{", "\"a\":3}"] {
      do { try reader.read(Array(chunk.utf8).span) { kept.append($0.field(0)) } } catch {
        #expect(error as? JSONError == .malformed(.token, byte: 23))
        break
      }
    }
    #expect(kept.map(\.repairedText) == ["1\n", "2\t"])
  }

  @Test func whatARecordThrowsComesThrough() {
    struct Refused: Error {}
    var reader = JSONReader(.array, columns: ["a"])
    #expect(throws: Refused.self) { try reader.read(Array("[{}]".utf8).span) { _ in throw Refused() } }
  }
}
