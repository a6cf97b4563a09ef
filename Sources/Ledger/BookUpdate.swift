package import Foundation
package import Usage

/// What one answer changes in a collector's book: written to the store in one transaction, then taken over in memory.
package struct BookUpdate: Sendable {
  var cells: [Bucket: [PlacedCell]] = [:]
  /// The counters as they will be: those of the book at their places, new ones after them.
  private(set) var series: SeriesTable
  /// The places of those counters of the book that grow, in their order.
  private(set) var grown: [Int] = []
  /// The places of the counters that the store does not have.
  var new: Range<Int> { firstNew..<series.count }
  private let firstNew: Int
  package internal(set) var tallies: [Measure: CollectorBook.Tally] = [:]
  package internal(set) var rejected: [RowRejection: Int64] = [:]
  package internal(set) var periods: [PeriodWindow: [SeriesKey: Int64]] = [:]
  package internal(set) var activeUsers: [ActiveUserWindow: CollectorBook.ActiveUsers] = [:]
  package internal(set) var attributes: [Entity: [Reading.Attribute]] = [:]
  package internal(set) var states: [WorkspaceState: Int64] = [:]
  package internal(set) var readAt: [Bucket: Date] = [:]
  package internal(set) var untold: [Bucket: Set<Measure>] = [:]
  /// Days before this one are forgotten.
  package internal(set) var oldestRetained: Day?

  /// A cell as it will be, with the row of its series.
  struct PlacedCell {
    let series: Int64
    let cell: Cell
  }

  /// Works out what `answer` changes.
  ///
  /// - Parameters:
  ///   - cells: loads a bucket.
  ///   - nextRow: gives a new series its row in the store.
  /// - Throws: ``QuantityOverflow`` if a counter would leave what it can hold, or what `cells` throws.
  init(
    of answer: Answer, to book: CollectorBook, at now: Date, policy: CountingPolicy,
    cells: (Bucket) throws -> BucketCells, nextRow: () -> Int64
  ) throws {
    let reading = answer.reading
    series = book.series
    firstNew = series.count
    for coverage in answer.coverage {
      switch coverage {
      case .bucket(let bucket):
        let mode = book.countingMode(of: bucket)
        let untold = book.untold(bucket)
        let old = try cells(bucket)
        var placed: [PlacedCell] = []
        try BucketRules.replace(
          old, with: reading.quantities, unreported: reading.unreported, untold: untold, mode: mode,
          moves: policy.movesInto
        ) { key, place, change in
          let counts = mode == .counting && !untold.contains(key.measure)
          if counts { note(change, of: key.measure, book: book) }
          // Baseline counters stand at 0 anyway: one scrape that shows it is all that `increase()` needs.
          let hold = counts ? policy.zeroHold : 0
          let row = try count(change, of: key, known: place, book: book, hold: hold, nextRow: nextRow)
          // Also a cell of 0 that is new: the provider spoke of it, so that a sum of days does.
          placed.append(PlacedCell(series: row, cell: change.after))
        }
        if !placed.isEmpty { self.cells[bucket] = placed }
        readAt[bucket] = now
        self.untold[bucket] = mode == .baseline ? reading.unreported : untold.intersection(reading.unreported)
      case .period(let window):
        periods[window] = reading.quantities
      case .summed: break  // Once the buckets of the same answer are stored.
      case .activeUsers(let window, let end):
        activeUsers[window] = .init(end: end, counts: reading.activeUsers)
      }
    }
    grown.sort()
    oldestRetained = book.oldestRetained(reading: readAt.keys)
    attributes = reading.attributes.filter { book.attributes[$0.key] != $0.value }
    states = reading.states
    for (reason, count) in reading.rejected { rejected[reason] = (book.rejected[reason] ?? 0) + Int64(count) }
  }

  /// Takes down what the provider took back, or gave again.
  private mutating func note(_ change: CellChange, of measure: Measure, book: CollectorBook) {
    let excess = change.after.excess - change.before.excess
    guard excess != 0 || change.isCorrection else { return }
    var tally = tallies[measure] ?? book.tallies[measure] ?? .init()
    tally.excess = Quantity.saturatingSum(tally.excess, excess)
    tally.corrections += change.isCorrection ? 1 : 0
    tallies[measure] = tally
  }

  /// - Parameter place: that of the series in the book.
  /// - Returns: the row of the series.
  private mutating func count(
    _ change: CellChange, of key: SeriesKey, known place: Int?, book: CollectorBook, hold: TimeInterval,
    nextRow: () -> Int64
  ) throws -> Int64 {
    // Another bucket of the same answer may have brought it.
    guard let place = place ?? (new.isEmpty || cells.isEmpty ? nil : series.place(of: key)) else {
      let row = nextRow()
      series.append(key, SeriesState(row: row, total: change.increase, hold: .unserved(hold)))
      return row
    }
    if change.increase > 0 { try grow(place, by: change.increase, book: book) }
    return series[stateAt: place].row
  }

  private mutating func grow(_ place: Int, by increase: Int64, book: CollectorBook) throws(QuantityOverflow) {
    let before = series[stateAt: place].total
    let (total, overflow) = before.addingReportingOverflow(increase)
    if overflow { throw QuantityOverflow() }
    series[stateAt: place].total = total
    // It may have grown in another bucket of the answer already.
    if place < firstNew, before == book.series[stateAt: place].total { grown.append(place) }
  }
}

extension CollectorBook {
  /// Takes over an update that the store has.
  mutating func apply(_ update: BookUpdate) {
    revision += 1
    series = update.series
    tallies.merge(update.tallies) { $1 }
    rejected.merge(update.rejected) { $1 }
    attributes.merge(update.attributes) { $1 }
    states.merge(update.states) { $1 }
    readAt.merge(update.readAt) { $1 }
    for (bucket, measures) in update.untold { untold[bucket] = measures.isEmpty ? nil : measures }
    if let oldest = update.oldestRetained {
      readAt = readAt.filter { ($0.key.day ?? oldest) >= oldest }
      untold = untold.filter { ($0.key.day ?? oldest) >= oldest }
    }
    activeUsers.merge(update.activeUsers) { $1 }
    for (window, values) in update.periods {
      for old in periods.keys where window.supersedes(old) { periods[old] = nil }
      periods[window] = values
    }
  }
}

extension PeriodWindow {
  /// Whether `older` is of no use once this window is known: all but yesterday, which `previous_day` still shows.
  func supersedes(_ older: PeriodWindow) -> Bool {
    unit == older.unit && older.start < (unit == .day ? start.advanced(by: -1) : start)
  }
}
