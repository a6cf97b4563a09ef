/// A text whose characters are found by place, as libyaml counts lines and columns.
struct ScalarLines {
  private(set) var scalars: [Unicode.Scalar]
  /// The index of each line's first scalar.
  private let starts: [Int]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var starts = [0]
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n", "\u{85}", "\u{2028}", "\u{2029}": starts.append(index + 1)
      case "\r" where index + 1 == scalars.count || scalars[index + 1] != "\n": starts.append(index + 1)
      default: break
      }
    }
    self.starts = starts
  }

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// - Returns: nil beyond the end.
  func index(of place: Place) -> Int? {
    guard starts.indices.contains(place.line - 1) else { return nil }
    let index = starts[place.line - 1] + place.column - 1
    return scalars.indices.contains(index) ? index : nil
  }

  mutating func replace(at index: Int, with scalar: Unicode.Scalar) {
    scalars[index] = scalar
  }

  /// Whether the blanks at the beginning of the line of `place` hold a tab.
  func isIndentedByTab(at place: Place) -> Bool {
    guard let start = index(of: Place(line: place.line, column: 1)) else { return false }
    return scalars[start...].prefix { $0 == " " || $0 == "\t" }.contains("\t")
  }
}
