/// Truth values out of text.
package enum BoolText {
  /// Reads `true`, `yes`, `1`, `false`, `no`, `0`, in letters of any case and with spaces around them.
  ///
  /// - Returns: nil for anything else.
  package static func parse(_ bytes: Span<UInt8>) -> Bool? {
    let range = ASCII.trimmed(bytes)
    for (word, value) in [("true", true), ("false", false), ("1", true), ("0", false), ("yes", true), ("no", false)]
    where ASCII.matches(bytes, range, word) {
      return value
    }
    return nil
  }

  package static func parse(_ text: String) -> Bool? {
    parse(Array(text.utf8).span)
  }
}
