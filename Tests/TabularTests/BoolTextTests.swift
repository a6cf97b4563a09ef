import Tabular
import Testing

struct BoolTextTests {
  static let texts: [(String, Bool?)] = [
    ("true", true), ("TRUE", true), (" yes ", true), ("1", true), ("false", false), ("No", false), ("0", false),
    ("", nil), ("2", nil), ("t", nil), ("truely", nil), ("null", nil), ("tru\u{45}\u{301}", nil), ("!rue", nil),
    ("\u{11}", nil),
  ]

  @Test(arguments: texts)
  func words(_ text: String, _ value: Bool?) {
    #expect(BoolText.parse(text) == value)
  }
}
