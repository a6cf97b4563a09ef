/// All rows of one UTC day in the order of the list, whenever they show.
struct TessDay: Sendable {
  /// Of the log, when the rows were made from it.
  let edition: Int
  let rows: [TessRow]
  /// What shows of them at some moment.
  private var lists: [TessFilter: TessList] = [:]
  var lastUse = 0

  init(edition: Int, rows: [TessRow]) {
    self.edition = edition
    self.rows = rows
  }

  func known(_ filter: TessFilter, at now: Int64) -> TessList? {
    lists[filter].flatMap { $0.holds.contains(now) ? $0 : nil }
  }

  mutating func remember(_ list: TessList, _ filter: TessFilter) {
    // Whoever asks for one user after another does not come back soon.
    if lists.count >= 16 { lists = [:] }
    lists[filter] = list
  }
}

/// The rows of a day that match a filter and show at a moment, and for how long nothing changes about that.
struct TessList: Sendable {
  /// Indices into the day's rows, in their order.
  let shown: [Int32]
  /// Milliseconds since 1970.
  let holds: Range<Int64>

  init(_ rows: [TessRow], _ filter: TessFilter, at now: Int64) {
    var since = Int64.min
    var until = Int64.max
    var shown: [Int32] = []
    func note(_ change: Int64) {
      if change <= now { since = max(since, change) } else { until = min(until, change) }
    }
    for (index, row) in rows.enumerated() {
      note(row.shown.lowerBound)
      note(row.shown.upperBound)
      if row.shown.contains(now), filter.matches(row) { shown.append(Int32(index)) }
    }
    self.shown = shown
    holds = since..<until
  }

  /// How many of the rows are of `second` or later.
  func count(_ rows: [TessRow], since second: Int64) -> Int {
    var low = 0
    var high = shown.count
    while low < high {
      let middle = (low + high) / 2
      if rows[Int(shown[middle])].created >= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
