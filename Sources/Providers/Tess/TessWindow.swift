/// A page that is asked for, as Tess counts pages: rows `start..<end` of the listing.
struct TessWindow: Hashable, Sendable {
  /// Counted from 1.
  let page: Int
  let size: Int

  static let first = TessWindow(page: 1, size: largest)
  private static let largest = 100
  private static let smallest = 80

  private init(page: Int, size: Int) {
    self.page = page
    self.size = size
  }

  var start: Int { (page - 1) * size }
  var end: Int { page * size }

  /// The window that reaches furthest beyond this one and yet begins at least `overlap` rows before its end.
  ///
  /// Rows are only counted off from the top, and while they are read new ones push them down and others vanish from above
  /// them. Two pages that share a row prove that none slipped through between them. A page size of its own for each step
  /// makes pages overlap by a few rows, for one request more in seven.
  ///
  /// - Returns: nil if none reaches beyond this one.
  func next(overlap: Int) -> TessWindow? {
    let limit = end - overlap
    guard limit >= 0 else { return nil }
    var best: TessWindow?
    for size in stride(from: Self.largest, through: Self.smallest, by: -1) {
      let candidate = TessWindow(page: limit / size + 1, size: size)
      if candidate.end > max(end, best?.end ?? 0) { best = candidate }
    }
    return best
  }
}
