/// Private characters of Unicode that stand for `*` and `?` while a text is parsed.
struct Mask {
  /// Stands for `*`.
  let alias: Unicode.Scalar
  /// Stands for `?`.
  let question: Unicode.Scalar

  /// - Returns: nil if `scalars` leave no two private characters unused.
  init?(avoiding scalars: [Unicode.Scalar]) {
    let present = Set(scalars.filter { ("\u{E000}"..."\u{F8FF}").contains($0) })
    let free = (0xE000...0xF8FF).lazy.compactMap(Unicode.Scalar.init).filter { !present.contains($0) }.prefix(2)
    guard let alias = free.first, let question = free.dropFirst().first else { return nil }
    self.alias = alias
    self.question = question
  }

  func substitute(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "*": alias
    case "?": question
    default: nil
    }
  }

  /// `text` as it was written.
  func restored(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      view.append(scalar == alias ? "*" : scalar == question ? "?" : scalar)
    }
    return String(view)
  }
}
