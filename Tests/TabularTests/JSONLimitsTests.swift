import Tabular
import Testing

struct JSONLimitsTests {
  @Test(arguments: [1, 7, 64, 1000])
  func aRecordBeyondTheLimitIsRefused(_ chunk: Int) {
    let record = Array("{\"a\":\"1234567890\"}".utf8)
    let document = Array("[".utf8) + record + Array(", ".utf8) + record + Array("]".utf8)
    var reading = JSONReading(limits: JSONLimits(recordBytes: 18))
    #expect(reading.read(document, chunk: chunk).records.count == 2)
    reading.limits = JSONLimits(recordBytes: 17)
    #expect(reading.read(document, chunk: chunk).error == .recordTooLong(record: 1, limit: 17))
    let second = Array("{\"a\":1}\n".utf8) + record
    reading.shape = .lines
    #expect(reading.read(second, chunk: chunk).error == .recordTooLong(record: 2, limit: 17))
    // It need not come to its end.
    #expect(
      reading.read(second.dropLast(3) + Array("123456".utf8), chunk: chunk).error
        == .recordTooLong(record: 2, limit: 17))
  }

  @Test(arguments: [1, 5, 64, 10_000, 1_000_000])
  func nothingIsHeldButTheCurrentRecord(_ chunk: Int) throws {
    let space = String(repeating: " \n", count: 500)
    let records = String(repeating: "{\"a\":[1,2],\"b\":\"x\\n\"},\(space)", count: 500)
    let document = Array("{\"x\":[\(space)1,\(space)2],\"l\":[\(records){}]}\(space)".utf8)
    var reader = JSONReader(.list(in: "l"), columns: ["a"])
    for start in stride(from: 0, to: document.count, by: chunk) {
      try reader.read(document.span.extracting(start..<min(start + chunk, document.count))) { _ in }
      #expect(reader.heldBytes < 22)
    }
    try reader.finish { _ in }
    #expect(reader.records == 501)
  }

  @Test(arguments: [1, 1000])
  func aLongRecordMayComeBitByBit(_ chunk: Int) {
    let count = 300_000
    let texts = [
      "\"" + String(repeating: "\\\\", count: count) + "\"",
      "1" + String(repeating: "0", count: count),
      "0." + String(repeating: "1", count: count) + "e7",
    ]
    let cells = [[UInt8](repeating: 0x5C, count: count)] + texts.dropFirst().map { Array($0.utf8) }
    for (text, cell) in zip(texts, cells) {
      let document = Array("[{\"x\":\(text),\"a\":\(text)}, {\"a\":1}]".utf8)
      let outcome = JSONReading().read(document, chunk: chunk)
      #expect(outcome.records == [[.value(cell)], ["1"]])
    }
  }

  @Test(arguments: [1, 1000])
  func aRecordMayHaveManyKeysAndSpaces(_ chunk: Int) {
    let members = (0..<20_000).map { "\"k\($0)\" : [ {\"a\":\($0)} ] ," }.joined(separator: " ")
    let document = Array("[{\(members)\"a\":1},{\"a\":2}]".utf8)
    #expect(JSONReading().read(document, chunk: chunk).records == [["1"], ["2"]])
  }

  /// More unwanted keys than a reader keeps, and longer ones: they are not taken for what was last.
  @Test func unknownKeysLeadNowhere() {
    let keys = (0..<200).map { "\"\($0)\":{\"in\":0}" }.joined(separator: ",")
    let long = String(repeating: "k", count: 500)
    let record = "{\(keys),\"t\":{\"in\":1},\"new\":{\"in\":2},\"\(long)\":{\"in\":3},\"a\":4,\"\(long)\":5,\"new\":6}"
    let reading = JSONReading(columns: ["t.in", "t", "a"])
    #expect(reading.read("[\(record),\(record)]").records == Array(repeating: ["1", .composite, "4"], count: 2))
  }

  @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
  func depthIsLimited(_ open: String, _ close: String) {
    func document(_ depth: Int) -> String {
      // The list and the record are two of them.
      "[{\"x\":" + String(repeating: open, count: depth - 2) + "0" + String(repeating: close, count: depth - 2) + "}]"
    }
    #expect(JSONReading().read(document(64)).records.count == 1)
    #expect(JSONReading().read(document(65)).error == .tooDeep(record: 1, limit: 64))
    #expect(JSONReading().read(document(100_000)).error == .tooDeep(record: 1, limit: 64))
    #expect(JSONReading(columns: ["x"]).read(document(65)).error == .tooDeep(record: 1, limit: 64))
    let shallow = JSONReading(limits: JSONLimits(depth: 3))
    #expect(shallow.read(document(3)).error == nil)
    #expect(shallow.read(document(4)).error == .tooDeep(record: 1, limit: 3))
  }

  @Test func limitsAreHeldWithinWhatTheReaderCanDo() {
    #expect(JSONLimits(recordBytes: .max, depth: .max) == JSONLimits(recordBytes: 1 << 30, depth: 64))
    #expect(JSONLimits(recordBytes: 0, depth: 0) == JSONLimits(recordBytes: 1, depth: 1))
    #expect(JSONLimits() == JSONLimits(recordBytes: 16 << 20, depth: 64))
  }
}
