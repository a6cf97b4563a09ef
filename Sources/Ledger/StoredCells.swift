import Usage

/// The cells of one bucket, wherever they are kept.
protocol StoredCells {
  /// What is known of a series besides its cell.
  associatedtype Place

  var count: Int { get }

  /// A series, and its cell if the bucket has one of it.
  func find(_ key: SeriesKey) -> (place: Place, cell: Cell?)

  /// All of them. Asked for only where an answer leaves some out, or where usage may have moved.
  func all() throws -> [SeriesKey: Cell]
}

extension [SeriesKey: Cell]: StoredCells {
  func find(_ key: SeriesKey) -> (place: Void, cell: Cell?) { ((), self[key]) }

  func all() -> [SeriesKey: Cell] { self }
}

/// The cells of a bucket by the rows of their series, as the store gives them, beside the book that knows the rows: one
/// look into the book finds both the state and the cell of a series, however many there are.
struct BucketCells: StoredCells {
  private let book: [SeriesKey: SeriesState]
  /// Ascending.
  private let rows: [Int64]
  private let cells: [Cell]
  private let join: () throws -> [SeriesKey: Cell]

  /// - Parameters:
  ///   - rows: ascending.
  ///   - join: makes what ``all()`` returns by the store alone.
  init(_ book: [SeriesKey: SeriesState], rows: [Int64], cells: [Cell], join: @escaping () throws -> [SeriesKey: Cell]) {
    self.book = book
    self.rows = rows
    self.cells = cells
    self.join = join
  }

  /// Of a bucket that was never read.
  static func none(_ book: [SeriesKey: SeriesState]) -> BucketCells { BucketCells(book, rows: [], cells: []) { [:] } }

  var count: Int { rows.count }

  func find(_ key: SeriesKey) -> (place: SeriesState?, cell: Cell?) {
    guard let state = book[key] else { return (nil, nil) }
    return (state, cell(of: state.row))
  }

  func all() throws -> [SeriesKey: Cell] {
    // A book that is so much larger takes longer to go through than the store takes to find these.
    if book.count > count * 8 { return try join() }
    var all: [SeriesKey: Cell] = [:]
    all.reserveCapacity(count)
    for (key, state) in book { all[key] = cell(of: state.row) }
    return all
  }

  private func cell(of row: Int64) -> Cell? {
    guard let first = rows.first, row >= first else { return nil }
    // Mostly a bucket has all series of a collector, whose rows follow one another.
    let guess = Int(row - first)
    if guess < rows.count, rows[guess] == row { return cells[guess] }
    let place = rows.partitioningIndex { $0 >= row }
    return place < rows.count && rows[place] == row ? cells[place] : nil
  }
}

extension [Int64] {
  /// The first place from which on `belongs` holds, if those for which it does follow those for which it does not.
  fileprivate func partitioningIndex(where belongs: (Int64) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
