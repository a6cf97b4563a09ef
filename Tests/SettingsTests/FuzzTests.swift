import Settings
import TestSupport
import Testing

/// Random damage to a sound file: always an answer, never a crash, never a secret.
@Suite struct FuzzTests {
  private static let tokens = [
    "*", "&a ", "*a", "<<: *a", "- ", ": ", "? ", "!", "!!map ", "|", ">-", "'", "\"", "{", "}", "[", "]", ",", "#",
    "%",
    "@", "`", "\t", "\n", "\r", "\n\n---\n", "...", "${", "}", "$$", "${KEY}", "\0", "\u{FEFF}", "\u{2028}", "é", "~",
    "-1", "99999999999999999999", "\u{F8FF}", "\\x", Fixture.marker,
  ]

  private static let subject = Array(
    (GoodConfigurationTests.whole + "\n").replacing("${KEY}", with: Fixture.marker).utf8)

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = min(Int.random(in: 0...12, using: &random), bytes.count - place)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.insert(contentsOf: bytes[place..<place + length], at: Int.random(in: 0...bytes.count, using: &random))
    case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 3: bytes.removeSubrange(place...)
    default: bytes.insert(contentsOf: (Self.tokens.randomElement(using: &random) ?? "").utf8, at: place)
    }
  }

  @Test(arguments: 0..<8)
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      var bytes = Self.subject
      for _ in 0..<Int.random(in: 1...5, using: &random) { mutate(&bytes, &random) }
      let seen = LeakTests.seen(bytes)
      if seen.contains("MARKER") {
        Issue.record("a secret was shown")
        return
      }
    }
  }
}
