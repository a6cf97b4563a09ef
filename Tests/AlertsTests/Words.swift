/// The words of an expression or a template, in which names of recorded series are to be found or changed: whatever is made
/// of letters, digits, underscores and colons.
enum Words {
  /// Names of recorded series, which alone have colons.
  static func recorded(in text: String) -> Set<String> {
    Set(pieces(of: text).filter { $0.isWord && $0.text.contains(":") }.map { String($0.text) })
  }

  /// The text with `suffix` behind each of these names.
  static func adding(_ suffix: String, to names: Set<String>, in text: String) -> String {
    var result = ""
    for piece in pieces(of: text) {
      result += piece.text
      if piece.isWord, names.contains(String(piece.text)) { result += suffix }
    }
    return result
  }

  private static func pieces(of text: String) -> [(text: Substring, isWord: Bool)] {
    var pieces: [(text: Substring, isWord: Bool)] = []
    let bytes = text.utf8
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let isWord = isPart(bytes[start])
      let end = bytes[start...].firstIndex { isPart($0) != isWord } ?? bytes.endIndex
      pieces.append((text[start..<end], isWord))
      start = end
    }
    return pieces
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
