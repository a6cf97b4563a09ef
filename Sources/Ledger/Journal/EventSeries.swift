import GRDB
import Usage

/// The series of a collector's events, each under a small number of its own.
struct EventSeries: Sendable {
  private var numbers: [SeriesKey: Int64] = [:]
  private var keys: [Int64: SeriesKey] = [:]
  private var last: Int64 = 0

  init(of collector: Int64, from db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT scope, name, qualifier, measure, dimension, id FROM event_series WHERE collector_id = ?",
      arguments: [collector])
    while let row = try rows.next() {
      let number: Int64 = row[5]
      last = max(last, number)
      guard let key = SeriesKey(row: row) else { continue }
      numbers[key] = number
      keys[number] = key
    }
  }

  /// - Returns: nil for a series of another version.
  subscript(_ number: Int64) -> SeriesKey? { keys[number] }

  /// The number of a series, which is stored if it is new.
  mutating func number(of key: SeriesKey, of collector: Int64, in writer: LedgerWriter) throws -> Int64 {
    if let number = numbers[key] { return number }
    last += 1
    try writer.run(
      """
      INSERT INTO event_series (collector_id, id, scope, name, qualifier, measure, dimension, checksum)
      SELECT *, \(RowChecksum.ofEventSeries)
      FROM (
        SELECT ? AS collector_id, ? AS id, ? AS scope, ? AS name, ? AS qualifier, ? AS measure, ? AS dimension)
      """,
      [
        collector, last, key.entity.scope.rawValue, StoredText.encode(key.entity.id),
        StoredText.encode(key.entity.qualifier), key.measure.rawValue, key.dimension,
      ])
    numbers[key] = last
    keys[last] = key
    return last
  }
}
