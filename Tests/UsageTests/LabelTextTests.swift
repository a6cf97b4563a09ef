import Testing
import Usage

@Suite("Text of labels")
struct LabelTextTests {
  private static let long = String(repeating: "a", count: 255)

  @Test("what fits is not cut", arguments: ["", "short", String(repeating: "é", count: 256), long + "é"])
  func fits(_ text: String) {
    #expect(LabelText.cut(text) == text)
    #expect(LabelText.identity(text) == text)
  }

  @Test("what does not fit is cut at a character as people see it")
  func cut() {
    let family = "👩‍👩‍👧"  // five scalars, one character
    #expect(LabelText.cut(Self.long + family) == Self.long)
    #expect(LabelText.cut(Self.long + "bc") == Self.long + "b")
    #expect(LabelText.cut(Self.long.dropLast() + "e\u{301}x") == Self.long.dropLast() + "e\u{301}")
    #expect(LabelText.cut(Self.long + "e\u{301}") == Self.long)
    #expect(LabelText.cut(String(repeating: "x", count: 10_000)).count == 256)
    #expect(LabelText.cut(String(repeating: "ش", count: 10_000)).unicodeScalars.count == 256)
  }

  @Test("one character longer than a label is cut to nothing, not in half")
  func zalgo() {
    let text = "e" + String(repeating: "\u{301}", count: 300)
    #expect(LabelText.cut(text).isEmpty)
    #expect(!LabelText.identity(text).isEmpty)
  }

  @Test("identities that are cut stay within the limit, differ, and are the same in every process")
  func identity() {
    let first = LabelText.identity(Self.long + "xx1")
    let second = LabelText.identity(Self.long + "xx2")
    #expect(first != second)
    for text in [first, second] { #expect(text.unicodeScalars.count == LabelText.limit) }
    #expect(LabelText.identity(first) == first)
    #expect(LabelText.identity(String(repeating: "a", count: 300)).hasSuffix("~\(Self.hashOf300)"))
  }

  /// FNV-1a of 300 times `a`, worked out by its definition.
  private static var hashOf300: String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for _ in 0..<300 { hash = (hash ^ 97) &* 1_099_511_628_211 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  @Test(
    "the stable hash is FNV-1a, by the test vectors of its authors",
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325 as UInt64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ])
  func fnv1a(text: String, hash: UInt64) {
    #expect(StableHash.fnv1a(text.utf8) == hash)
  }

  /// They are equal to Swift, so one row in the ledger: there must be one way to write them.
  @Test func equivalentIdentitiesAreWrittenAlike() {
    for (composed, decomposed) in [("Caf\u{E9}", "Cafe\u{301}"), ("\u{212B}", "A\u{30A}")] {
      let texts = [composed, decomposed].map { Array(LabelText.identity($0).utf8) }
      #expect(texts[0] == texts[1])
    }
  }
}
