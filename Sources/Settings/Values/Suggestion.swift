/// Finds what was probably meant.
package enum Suggestion {
  /// The candidate with the smallest edit distance to `word`, if that is small for words of such length.
  ///
  /// A word that has a suggestion differs from a valid one by a few letters, so it can hold no secret and may be shown.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    // A key may be as long as the file: the distance to a word of at most 30 letters is not worth finding then.
    guard word.utf8.count <= 64 else { return nil }
    let letters = Array(word.lowercased().unicodeScalars)
    let best = candidates.map { ($0, distance(letters, Array($0.lowercased().unicodeScalars))) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = best, distance <= max(1, min(3, (candidate.count + 1) / 3)) else { return nil }
    return candidate
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  package static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
