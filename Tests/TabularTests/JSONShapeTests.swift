import Tabular
import Testing

struct JSONShapeTests {
  /// A document, and the texts of its column `a`.
  static let documents: [(shape: JSONReader.Shape, text: String, values: [String])] = [
    (.array, "[]", []), (.array, " [ ] ", []), (.array, "\u{FEFF}[]", []), (.array, "\u{FEFF}\r\n[\t]\n\n", []),
    (.array, "[{\"a\":1}]", ["1"]), (.array, "[{\"a\":1},{\"a\":\"2\"}]", ["1", "2"]),
    (.array, "\u{FEFF}[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", ["1", "2"]),
    (.array, "[{},{ },{\"b\":0}]", ["", "", ""]),
    (.lines, "", []), (.lines, "\n", []), (.lines, " \r\n\n\t", []), (.lines, "\u{FEFF}", []),
    (.lines, "{\"a\":1}", ["1"]), (.lines, "{\"a\":1}\n", ["1"]), (.lines, "{\"a\":1}\r\n{\"a\":2}", ["1", "2"]),
    (.lines, "\u{FEFF}{\"a\":1}\n\n \n{\"a\":2} \n\n", ["1", "2"]), (.lines, "\n\n  { \"a\" :\t1 }\t", ["1"]),
    (.lines, "{}\n{\"x\":[{}]}\n{\"a\":\"\\n\"}", ["", "", "\n"]),
    (.list(in: "l"), "{\"l\":[]}", []), (.list(in: "l"), "\u{FEFF} {\"l\" : [ ] } ", []),
    (.list(in: "l"), "{\"l\":[{\"a\":1},{\"a\":2}]}", ["1", "2"]),
    (.list(in: "l"), "{\"x\":{\"l\":[{\"a\":0}]},\"y\":[[{\"a\":0}]],\"l\":[{\"a\":1}],\"z\":[{\"a\":0}]}", ["1"]),
    (.list(in: "l"), "{\"L\":[{\"a\":0}],\"l\":[{\"l\":[{\"a\":0}],\"a\":1}]}", ["1"]),
    (.list(in: "l"), "{\"\\u006c\":[{\"a\":1}]}", ["1"]), (.list(in: "é\"\n"), "{\"é\\\"\\n\":[{\"a\":1}]}", ["1"]),
    (.list(in: ""), "{\"\":[{\"a\":1}]}", ["1"]), (.list(in: "x.y"), "{\"x.y\":[{\"a\":1}]}", ["1"]),
  ]

  @Test(arguments: documents)
  func reads(_ shape: JSONReader.Shape, _ text: String, _ values: [String]) {
    let reading = JSONReading(shape: shape)
    let outcome = reading.read(text)
    #expect(outcome.error == nil)
    #expect(outcome.records == values.map { [$0.isEmpty ? .absent : .value(Array($0.utf8))] })
    #expect(reading.isIndifferentToCuts(Array(text.utf8)))
  }

  static let faults: [(shape: JSONReader.Shape, text: String, error: JSONError)] = [
    (.array, "", .empty), (.array, " \n", .empty), (.array, "\u{FEFF}", .empty), (.list(in: "l"), "", .empty),
    (.list(in: "l"), "\u{FEFF}\t", .empty),
    (.array, "<html></html>", .malformed(.token, byte: 0)), (.array, " \u{FEFF}[]", .malformed(.token, byte: 1)),
    (.array, "\u{FEFF}\u{FEFF}[]", .malformed(.token, byte: 3)), (.array, "null", .malformed(.token, byte: 0)),
    (.array, "1", .malformed(.token, byte: 0)), (.array, "\"x\"", .malformed(.token, byte: 0)),
    (.array, "[", .truncated(records: 0)), (.array, "[{\"a\":1}", .truncated(records: 1)),
    (.array, "[{\"a\":1},", .truncated(records: 1)), (.array, "[{\"a\":tr", .truncated(records: 0)),
    (.array, "[{\"a\":1},]", .malformed(.token, byte: 9)), (.array, "[,{}]", .malformed(.token, byte: 1)),
    (.array, "[{} {}]", .malformed(.token, byte: 4)), (.array, "[]]", .malformed(.token, byte: 2)),
    (.array, "[] []", .malformed(.token, byte: 3)), (.array, "[{}]x", .malformed(.token, byte: 4)),
    (.array, "[{}]\0", .malformed(.token, byte: 4)), (.array, "[{}}", .malformed(.token, byte: 3)),
    (.array, "[{]]", .malformed(.token, byte: 2)), (.array, "[{\"a\":1]]", .malformed(.token, byte: 7)),
    (.array, "[{\"a\":\"\t\"}]", .malformed(.control, byte: 7)),
    (.array, "[{\"a\":\"\\x\"}]", .malformed(.escape, byte: 7)),
    (.array, "[{\"a\":-x}]", .malformed(.number, byte: 6)), (.array, "[{\"a\":trap}]", .malformed(.literal, byte: 6)),
    (.array, "[{},1]", .notAnObject(record: 2)), (.array, "[null]", .notAnObject(record: 1)),
    (.array, "[\"\"]", .notAnObject(record: 1)), (.array, "[[]]", .notAnObject(record: 1)),
    (.array, "{\"l\":[]}", .missingList(nil)), (.array, "{}", .missingList(nil)),
    (.lines, "{\"a\":1", .truncated(records: 0)), (.lines, "{}\n{\"a\"", .truncated(records: 1)),
    (.lines, "{} {}\n", .malformed(.token, byte: 3)), (.lines, "{}{}", .malformed(.token, byte: 2)),
    (.lines, "{},\n{}", .malformed(.token, byte: 2)), (.lines, "{}\n1", .malformed(.token, byte: 3)),
    (.lines, "{\n}", .malformed(.token, byte: 1)), (.lines, "{\"a\":\n1}", .malformed(.token, byte: 5)),
    (.lines, "{\"x\":[1,\n2]}", .malformed(.token, byte: 8)), (.lines, "[{}]", .notAnObject(record: 1)),
    (.lines, "{}\n[]", .notAnObject(record: 2)), (.lines, "{}\n}", .malformed(.token, byte: 3)),
    (.list(in: "l"), "{}", .missingList("l")), (.list(in: "l"), "[]", .missingList("l")),
    (.list(in: "l"), "{\"L\":[],\"x\":{\"l\":[]}}", .missingList("l")),
    (.list(in: "l"), "{\"l\":null}", .missingList("l")), (.list(in: "l"), "{\"l\":1}", .missingList("l")),
    (.list(in: "l"), "{\"l\":{}}", .missingList("l")), (.list(in: "l"), "{\"l\":[],\"l\":[]}", .repeatedList("l")),
    (.list(in: "l"), "{\"l\":[1]}", .notAnObject(record: 1)), (.list(in: "l"), "{\"l\":[{}]", .truncated(records: 1)),
    (.list(in: "l"), "{\"l\":[{}],}", .malformed(.token, byte: 10)),
    (.list(in: "l"), "{\"l\":[{}]]", .malformed(.token, byte: 9)),
    (.list(in: "l"), "{\"l\":[]}{}", .malformed(.token, byte: 8)),
  ]

  @Test(arguments: faults)
  func refuses(_ shape: JSONReader.Shape, _ text: String, _ error: JSONError) {
    let reading = JSONReading(shape: shape)
    #expect(reading.read(text).error == error)
    #expect(reading.isIndifferentToCuts(Array(text.utf8)))
  }

  @Test(arguments: [[0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0x5B, 0x5D], [0xFE, 0xFF], [0x5B, 0x5D, 0xEF]] as [[UInt8]])
  func aPartOfAByteOrderMarkIsRefused(_ bytes: [UInt8]) {
    for shape in [JSONReader.Shape.array, .lines, .list(in: "l")] {
      #expect(JSONReading(shape: shape).read(bytes).error != nil)
      #expect(JSONReading(shape: shape).isIndifferentToCuts(bytes))
    }
  }

  @Test func recordsBeforeAFaultAreHandedOn() {
    #expect(JSONReading().read("[{\"a\":1},{\"a\":2},{\"a\":x").records == [["1"], ["2"]])
  }
}
