import Foundation

/// What a reader sees of a page: its text without the tags, runs of white space as one space.
struct VisibleText {
  let text: String

  init(_ html: String) {
    var text = String.UnicodeScalarView()
    var isInTag = false
    let body = html.components(separatedBy: "<body>").last ?? html
    // By scalars: an accent after a tag is no part of it.
    for scalar in body.unicodeScalars {
      switch scalar {
      case "<":
        isInTag = true
        text.append(" ")
      case ">": isInTag = false
      default: if !isInTag { text.append(scalar) }
      }
    }
    self.text = String(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  func holds(_ words: String) -> Bool { text.contains(words) }

  func count(of words: String) -> Int { text.components(separatedBy: words).count - 1 }

  /// Where each of some words stands after the one before it, as far as they do.
  func places(of words: [String]) -> [Int] {
    var start = text.startIndex
    return words.compactMap { word in
      guard let range = text.range(of: word, range: start..<text.endIndex) else { return nil }
      start = range.upperBound
      return text.distance(from: text.startIndex, to: range.lowerBound)
    }
  }
}
