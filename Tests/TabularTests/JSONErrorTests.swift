import Tabular
import Testing

struct JSONErrorTests {
  static let errors: [(error: JSONError, isSchema: Bool, description: String)] = [
    (.malformed(.token, byte: 7), false, "the document has an unexpected character at byte 7"),
    (.malformed(.control, byte: 0), false, "the document has a control character inside a string at byte 0"),
    (.malformed(.escape, byte: 1), false, "the document has an invalid escape at byte 1"),
    (.malformed(.number, byte: 2), false, "the document has an invalid number at byte 2"),
    (.malformed(.literal, byte: 3), false, "the document has an invalid literal at byte 3"),
    (.empty, false, "the document is empty"),
    (.truncated(records: 3), false, "the document ends early, after 3 whole records"),
    (.notAnObject(record: 2), false, "record 2 is not an object"),
    (.recordTooLong(record: 2, limit: 9), false, "record 2 is longer than 9 bytes"),
    (.membersTooLong(limit: 9), false, "what the document has beside its list is longer than 9 bytes"),
    (.tooDeep(record: 2, limit: 9), false, "record 2 is more than 9 levels deep"),
    (.missingField("a.b"), true, "there is no field \"a.b\""),
    (.missingList("items"), true, "there is no list \"items\""),
    (.missingList(nil), true, "the document is not a list"),
    (.repeatedList("items"), true, "there is more than one list \"items\""),
  ]

  @Test(arguments: errors)
  func messagesAndKinds(_ error: JSONError, _ isSchema: Bool, _ description: String) {
    #expect(error.isSchema == isSchema)
    #expect("\(error)" == description)
  }

  @Test func missingAndRepeatedColumnsAreTheSchemaErrorsOfCSV() {
    let schema: [any DocumentError] = [CSVError.missingColumn("a"), CSVError.repeatedColumn("a")]
    let malformed: [any DocumentError] = [
      CSVError.ragged(record: 2, fields: 1, expected: 2), CSVError.textAfterQuote(record: 2),
      CSVError.truncated(record: 2), CSVError.recordTooLong(record: 2, limit: 9),
    ]
    #expect(schema.map(\.isSchema) == [true, true])
    #expect(malformed.map(\.isSchema) == [false, false, false, false])
  }
}
