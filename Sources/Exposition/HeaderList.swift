/// One element of a header like `Accept`: a value, its parameters and how much it is wanted.
struct HeaderElement: Equatable {
  /// In lower case.
  let value: String
  /// By name in lower case; the quality is not among them.
  let parameters: [String: String]
  /// From 0, refused, to 1 (RFC 9110, section 12.4.2).
  let quality: Double

  /// The elements of a header; those with a quality that is none are left out.
  static func list(_ header: String) -> [HeaderElement] {
    split(header[...], at: ",").compactMap { HeaderElement(parsing: $0) }
  }

  private init?(parsing text: Substring) {
    let parts = HeaderElement.split(text, at: ";")
    guard let value = parts.first, !value.isEmpty else { return nil }
    var parameters: [String: String] = [:]
    var quality = 1.0
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = HeaderElement.trimmed(pair[0]).lowercased()
      let value = pair.count == 2 ? HeaderElement.unquoted(HeaderElement.trimmed(pair[1])) : ""
      if name == "q" {
        guard let number = Double(value), (0...1).contains(number) else { return nil }
        quality = number
      } else {
        parameters[name] = value
      }
    }
    self.value = value.lowercased()
    self.parameters = parameters
    self.quality = quality
  }

  /// The trimmed parts of `text` between separators that stand outside quotes.
  private static func split(_ text: Substring, at separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var quoted = false
    var escaped = false
    for index in text.indices {
      let character = text[index]
      if escaped {
        escaped = false
      } else if quoted && character == "\\" {
        escaped = true
      } else if character == "\"" {
        quoted.toggle()
      } else if character == separator && !quoted {
        parts.append(trimmed(text[start..<index]))
        start = text.index(after: index)
      }
    }
    parts.append(trimmed(text[start...]))
    return parts
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  private static func unquoted(_ text: Substring) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
    return String(text.dropFirst().dropLast())
  }
}
