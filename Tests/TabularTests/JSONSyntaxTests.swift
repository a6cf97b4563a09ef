import Tabular
import Testing

struct JSONSyntaxTests {
  /// A value, and what a record has of it.
  static let values: [(text: String, cell: Cell)] = [
    ("0", "0"), ("-0", "-0"), ("12", "12"), ("-12", "-12"), ("0.5", "0.5"), ("-0.000001", "-0.000001"),
    ("1e3", "1e3"), ("1E3", "1E3"), ("1e+3", "1e+3"), ("1e-3", "1e-3"), ("1.50e03", "1.50e03"), ("0e0", "0e0"),
    ("123456789012345678901234567890", "123456789012345678901234567890"), ("1e999999999", "1e999999999"),
    ("true", "true"), ("false", "false"), ("null", .null),
    ("[]", .composite), ("{}", .composite), ("[1]", .composite), ("{\"a\":1}", .composite), ("[[],{}]", .composite),
    ("[{\"a\":[{\"b\":[null]}]}]", .composite), ("{\"\":{\"\":{}}}", .composite), ("[1,-2.5e7,\"x\",true]", .composite),
    ("\"\"", ""), ("\"x\"", "x"), ("\"12345678\"", "12345678"), ("\"123456789\"", "123456789"),
    ("\"é🤖\u{FEFF}\"", "é🤖\u{FEFF}"), ("\" \"", " "), ("\"\u{7F}\"", "\u{7F}"), ("\"\u{2028}\"", "\u{2028}"),
    ("\"{[,:]}\"", "{[,:]}"), ("\"//\"", "//"), ("\"null\"", "null"),
    ("\"\\\"\"", "\""), ("\"\\\\\"", "\\"), ("\"\\/\"", "/"), ("\"\\b\\f\\n\\r\\t\"", "\u{8}\u{C}\n\r\t"),
    ("\"\\\\n\"", "\\n"), ("\"\\\\\\\\\"", "\\\\"), ("\"x\\\"\"", "x\""),
    ("\"12345678\\n12345678\"", "12345678\n12345678"),
    ("\"\\u0041\"", "A"), ("\"\\u00e9\"", "é"), ("\"\\u00E9\"", "é"), ("\"\\u20aC\"", "€"), ("\"\\u0000\"", "\0"),
    ("\"\\u001f\"", "\u{1F}"), ("\"\\u0022\"", "\""), ("\"\\u005c\"", "\\"), ("\"\\u005cn\"", "\\n"),
    ("\"\\uFFFF\"", "\u{FFFF}"), ("\"\\ud83e\\udd16\"", "🤖"), ("\"x\\uD83E\\uDD16y\"", "x🤖y"),
    ("\"\\udbff\\udfff\"", "\u{10FFFF}"),
    ("\"\\ud83e\"", "\u{FFFD}"), ("\"\\udd16\"", "\u{FFFD}"), ("\"\\ud83ex\"", "\u{FFFD}x"),
    ("\"\\ud83e\\n\"", "\u{FFFD}\n"), ("\"\\ud83e\\u0041\"", "\u{FFFD}A"), ("\"\\udd16\\ud83e\"", "\u{FFFD}\u{FFFD}"),
    ("\"\\ud83e\\ud83e\\udd16\"", "\u{FFFD}🤖"),
  ]

  @Test(arguments: values)
  func readsAValue(_ text: String, _ cell: Cell) {
    for document in ["[{\"a\":\(text)}]", "[ {\"x\" :\(text),\n\t\"a\" : \(text) ,\r\"y\":\(text)} ] \n"] {
      #expect(JSONReading().read(document) == JSONOutcome(records: [[cell]], seen: [true]))
      #expect(JSONReading().isIndifferentToCuts(Array(document.utf8)))
    }
    let list = JSONReading(shape: .list(in: "l"))
    #expect(
      list.read("{\"x\":\(text),\"l\":[{\"a\":\(text)},{\"x\":\(text)}],\"y\":\(text)}").records == [[cell], [.absent]])
  }

  static let refusedValues = [
    "", "-", "+1", "01", "-01", "1.", ".5", "1.e3", "1e", "1e+", "1e-", "1e1.0", "--1", "1-2", "0x10", "1_000", "1 2",
    "1a",
    "NaN", "Infinity", "-Infinity", "nul", "nulll", "NULL", "True", "tru", "truefalse", "fals", "falsy", "undefined",
    "'x'",
    "\"", "\"x", "x\"", "\"x\"y", "\"\"\"", "\"\\\"", "\"\\", "\"\\x\"", "\"\\a\"", "\"\\'\"", "\"\\U0041\"", "\"\\0\"",
    "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"", "\"\\u 123\"", "\"\\ud83e\\u\"", "\"\\ud83e\\\"",
    "\"\n\"", "\"\t\"", "\"\0\"", "\"\u{1F}\"", "\"12345678\u{1F}\"", "[", "]", "{", "}", "[}", "{]", "[1", "[1,",
    "[1,]",
    "[,1]", "[,]", "[1 2]", "[1;2]", "[1:2]", "[[]", "[]]", "{\"a\"}", "{\"a\":}", "{\"a\",1}", "{\"a\":1,}", "{,}",
    "{a:1}", "{1:1}", "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\":1:2}", "{\"a\"::1}", "{'a':1}", "{\"a\n\":1}",
    "{\"\\q\":1}",
    "{[]:1}", "{\"a\":1}}", "{\"a\":[}", "{\"a\":1]", "/**/1", "1//", "#", ",", ":", "1,,2", "\u{A0}1", "\u{B}1",
    "\u{FEFF}1",
  ]

  @Test(arguments: refusedValues)
  func refusesAValueWantedOrNot(_ text: String) {
    for key in ["a", "x"] {
      for document in ["[{\"\(key)\":\(text)}]", "[{\"a\":0},{\"\(key)\":\(text),\"b\":1}]"] {
        #expect(JSONReading().read(document).error != nil, "\(document)")
        #expect(JSONReading().isIndifferentToCuts(Array(document.utf8)), "\(document)")
      }
      #expect(JSONReading(shape: .lines).read("{\"\(key)\":\(text)}\n").error != nil)
      #expect(JSONReading(shape: .list(in: "l")).read("{\"l\":[{\"\(key)\":\(text)}]}").error != nil)
    }
    #expect(JSONReading(shape: .list(in: "l")).read("{\"x\":\(text),\"l\":[]}").error != nil)
    #expect(JSONReading(shape: .list(in: "l")).read("{\"l\":[],\"x\":\(text)}").error != nil)
  }
}
