/// Names as they stand in a document, each with its closing quote, made to be compared eight bytes at a time.
struct PackedNames: Sendable {
  struct Name: Sendable {
    /// In bytes, with the closing quote.
    let length: Int
    /// Where it begins in the words, and how many it takes.
    fileprivate let start: Int
    fileprivate let count: Int
    /// Which bytes of the last word count.
    fileprivate let mask: UInt64
  }

  private var words: [UInt64] = []

  mutating func append(_ text: Span<UInt8>) -> Name {
    let length = text.count + 1
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: (length + 7) / 8))
    for place in 0..<length {
      let byte = place < text.count ? text[place] : UInt8(ascii: "\"")
      words[start + place / 8] |= UInt64(byte) << UInt64(place % 8 * 8)
    }
    let mask = UInt64.max >> UInt64((8 - length % 8) % 8 * 8)
    return Name(length: length, start: start, count: words.count - start, mask: mask)
  }

  /// Whether a name and its closing quote stand at `place`; false as well where the end is too near to tell.
  @inline(__always)
  func stands(_ name: Name, in bytes: Span<UInt8>, at place: Int) -> Bool {
    guard place &+ name.count &* 8 <= bytes.count else { return false }
    let raw = bytes.bytes
    let last = name.count &- 1
    var difference = (raw.word(at: place &+ last &* 8) ^ words[name.start &+ last]) & name.mask
    for index in 0..<last { difference |= raw.word(at: place &+ index &* 8) ^ words[name.start &+ index] }
    return difference == 0
  }

  /// Whether a name is this text.
  func isEqual(_ name: Name, to text: Span<UInt8>) -> Bool {
    guard name.length == text.count + 1 else { return false }
    return text.indices.allSatisfy { place in
      UInt8(truncatingIfNeeded: words[name.start + place / 8] >> UInt64(place % 8 * 8)) == text[place]
    }
  }
}

extension RawSpan {
  /// Eight bytes, the first one lowest.
  @inline(__always)
  func word(at place: Int) -> UInt64 {
    // "Unsafe" is only which types may be loaded; any eight bytes are a word. The place is checked.
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }
}
