extension RandomAccessCollection where Index == Int {
  /// The place of the element with a row of the store, in a collection in the ascending order of rows.
  ///
  /// Mostly rows follow one another, and it is found at once.
  func place(of row: Int64, by rowOf: (Element) -> Int64) -> Int? {
    guard let first, row >= rowOf(first) else { return nil }
    let distance = row - rowOf(first)
    if distance < count, rowOf(self[startIndex + Int(distance)]) == row { return startIndex + Int(distance) }
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if rowOf(self[middle]) < row { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && rowOf(self[low]) == row ? low : nil
  }
}
