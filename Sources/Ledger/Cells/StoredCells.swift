import Usage

/// The cells of one bucket, wherever they are kept.
protocol StoredCells {
  /// What is known of a series besides its cell.
  associatedtype Place

  var count: Int { get }

  /// A series, and its cell if the bucket has one of it.
  func find(_ key: SeriesKey) -> (place: Place, cell: Cell?)

  /// All of them. Asked for only where an answer leaves some out, or where usage may have moved.
  func all() -> [SeriesKey: Cell]
}

extension [SeriesKey: Cell]: StoredCells {
  func find(_ key: SeriesKey) -> (place: Void, cell: Cell?) { ((), self[key]) }

  func all() -> [SeriesKey: Cell] { self }
}

/// The cells of a bucket by the rows of their series, as the store gives them, beside the book that knows the rows: one
/// look into the book finds both the place and the cell of a series, however many there are.
struct BucketCells: StoredCells {
  private let book: SeriesTable
  /// In the order of their rows.
  private var cells: [(row: Int64, cell: Cell)] = []

  /// Of a bucket that was never read.
  init(of book: SeriesTable) {
    self.book = book
  }

  var count: Int { cells.count }

  /// Adds the cell of a series, whose row must be higher than those of all others.
  mutating func append(_ cell: Cell, of row: Int64) {
    cells.append((row, cell))
  }

  func find(_ key: SeriesKey) -> (place: Int?, cell: Cell?) {
    guard let place = book.place(of: key) else { return (nil, nil) }
    return (place, cells.place(of: book[stateAt: place].row, by: \.row).map { cells[$0].cell })
  }

  /// Without those of series that the book does not know, as a later version may have left them.
  func all() -> [SeriesKey: Cell] {
    var all: [SeriesKey: Cell] = [:]
    all.reserveCapacity(count)
    for (row, cell) in cells {
      if let key = book.key(ofRow: row) { all[key] = cell }
    }
    return all
  }
}
