import Tabular
import Testing

struct JSONMemberTests {
  private let reading = JSONReading(shape: .list(in: "l"), members: ["n", "t", "\u{E9}", "o", "z", "l", "a", ""])

  static let documents: [(text: String, members: [String: String])] = [
    ("{\"l\":[]}", [:]),
    ("{\"n\":1,\"l\":[{\"a\":1,\"n\":2}],\"t\":true}", ["n": "1", "t": "true"]),
    ("{\"l\":[{\"t\":1}],\"n\":-1.5e3,\"t\":\"x\\ny\",\"\":\"\"}", ["n": "-1.5e3", "t": "x\ny", "": ""]),
    ("{\"n\":null,\"l\":[],\"z\":null,\"t\":false}", ["n": "", "z": "", "t": "false"]),
    ("{\"o\":{\"n\":1,\"l\":[{\"a\":1}]},\"l\":[],\"z\":[1,\"n\"]}", [:]),
    ("{\"n\":1,\"n\":2,\"l\":[],\"n\":3,\"t\":1,\"t\":{\"t\":2},\"z\":[],\"z\":0}", ["n": "3", "z": "0"]),
    ("{\"\\u00e9\":\"\\ud83e\\udd16\",\"l\":[],\"e\\u0301\":0,\"N\":0}", ["é": "🤖"]),
  ]

  @Test(arguments: documents)
  func scalarsBesideTheListAreThereAtTheEnd(_ text: String, _ members: [String: String]) {
    let outcome = reading.read(text)
    #expect(outcome.error == nil)
    #expect(outcome.members == members.mapValues { Array($0.utf8) })
    #expect(reading.isIndifferentToCuts(Array(text.utf8)))
  }

  @Test func otherShapesHaveNone() {
    #expect(JSONReading(members: ["a"]).read("[{\"a\":1}]").members.isEmpty)
    #expect(JSONReading(shape: .lines, members: ["a"]).read("{\"a\":1}").members.isEmpty)
  }

  @Test func aMemberIsReadLikeAField() throws {
    var reader = JSONReader(.list(in: "l"), columns: [])
    try reader.read(Array("{\"l\":[],\"more\":false,\"n\":12}".utf8).span) { _ in }
    #expect(reader.member("more")?.bool == false)
    #expect(reader.member("n")?.decimal(scale: 1) == .value(12))
  }

  @Test(arguments: [1, 7, 1000])
  func theyMustNotBeLongerThanARecord(_ chunk: Int) {
    let error = JSONError.membersTooLong(limit: 200)
    var reading = reading
    reading.limits = JSONLimits(recordBytes: 200)
    let many = (0..<20).map { "\"\($0)\":\($0)," }.joined()
    let long = "\"x\":\"\(String(repeating: "y", count: 300))\","
    for text in ["{\(many)\"l\":[]}", "{\(long)\"l\":[]}", "{\"l\":[{}],\(long)\"z\":0}"] {
      #expect(reading.read(Array(text.utf8), chunk: chunk).error == error)
    }
    let listed = "{\"l\":[{},\"\(String(repeating: "y", count: 300))\"]}"
    #expect(reading.read(Array(listed.utf8), chunk: chunk).error == .notAnObject(record: 2))
    let skipped = "{\"x\":[" + String(repeating: "[12345],", count: 100) + "0],\"l\":[]}"
    #expect(reading.read(Array(skipped.utf8), chunk: chunk).error == nil)
  }
}
