import Foundation

/// Bounds on the text that becomes a label value.
package enum LabelText {
  /// The most Unicode scalars a label value holds.
  package static let limit = 256

  /// `text` cut to at most ``limit`` scalars, at the boundary of a character as people see it.
  package static func cut(_ text: String) -> String {
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
    var scalars = 0
    var end = text.startIndex
    for index in text.indices {
      let next = text.index(after: index)
      scalars += text.unicodeScalars.distance(from: index, to: next)
      if scalars > limit { break }
      end = next
    }
    return String(text[..<end])
  }

  /// Like ``cut(_:)``, but two long texts that differ stay different: the tail is replaced by its hash.
  ///
  /// Texts that are canonically equivalent are one (Unicode, NFC): the same name, typed on another machine.
  package static func identity(_ text: String) -> String {
    let text = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
    let hash = String(StableHash.fnv1a(text.utf8), radix: 16)
    let head = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 17)))
    return head + "~" + String(repeating: "0", count: 16 - hash.count) + hash
  }
}

/// Hashes that are the same in every process and on every machine.
package enum StableHash {
  /// FNV-1a, 64 bits.
  package static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
