import OrderedCollections
package import Usage

/// The counters of a collector, each at a place that it keeps.
///
/// A new one comes after all others, as its row in the store does: the order of places is the order of rows. Copies share
/// the keys until a series is added to one of them; where a state changes, the states alone are copied.
package struct SeriesTable: Sendable, Hashable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
  private var table: OrderedDictionary<SeriesKey, SeriesState> = [:]
  /// What each adds to its collector's digest, but for the total.
  private var marks: [SeriesDigest.Counter] = []

  package init(dictionaryLiteral elements: (SeriesKey, SeriesState)...) {
    for (key, state) in elements { append(key, state) }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { table.count }

  package subscript(place: Int) -> (key: SeriesKey, value: SeriesState) { table.elements[place] }

  package subscript(key: SeriesKey) -> SeriesState? { table[key] }

  package var keys: some RandomAccessCollection<SeriesKey> { table.keys }
  package var states: some RandomAccessCollection<SeriesState> { table.values }

  func place(of key: SeriesKey) -> Int? { table.index(forKey: key) }

  /// The key of a series by its row in the store.
  func key(ofRow row: Int64) -> SeriesKey? { table.values.place(of: row, by: \.row).map { table.keys[$0] } }

  /// The state of the series at `place`.
  subscript(stateAt place: Int) -> SeriesState {
    get { table.values[place] }
    set { table.values[place] = newValue }
  }

  /// Adds a series that the table does not have.
  ///
  /// - Parameter state: its row must be higher than that of every other.
  mutating func append(_ key: SeriesKey, _ state: SeriesState) {
    if table.updateValue(state, forKey: key) == nil { marks.append(SeriesDigest.Counter(key, row: state.row)) }
  }

  /// What the series at `place` adds to the digest of its collector.
  func digest(at place: Int) -> Int64 { marks[place].digest(table.values[place].total) }
}
