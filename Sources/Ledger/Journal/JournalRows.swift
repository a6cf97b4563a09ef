import GRDB
import Usage

/// Where a collector's events are in the database.
struct JournalRows: Sendable {
  /// Events stay for so many days.
  static let retainedDays = 100

  let collector: Int64

  func completeSince(in db: Database) throws -> Day? {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT complete_since FROM collector WHERE id = ?"), arguments: [collector]
    ).map(Day.init(ordinal:))
  }

  func newestDay(in db: Database) throws -> Day? {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT day FROM event WHERE collector_id = ? ORDER BY day DESC LIMIT 1"),
      arguments: [collector]
    ).map(Day.init(ordinal:))
  }

  func known(_ ids: [String], in db: Database) throws -> [String: Bool] {
    let statement = try db.cachedStatement(sql: "SELECT stand_in FROM event WHERE collector_id = ? AND id = ?")
    var known: [String: Bool] = [:]
    for id in ids {
      known[id] = try Bool.fetchOne(statement, arguments: [collector, StoredText.encode(id)])
    }
    return known
  }

  func tally(of day: Day, series: EventSeries, in db: Database) throws -> DayTally {
    let statement = try db.cachedStatement(
      sql: "SELECT user_hash, amounts FROM event WHERE collector_id = ? AND day = ?")
    return try DayTally(Row.fetchCursor(statement, arguments: [collector, day.ordinal]), series: series)
  }

  /// Looks at the events of all collectors, as far back as days may still be read again, and at what they are counted for.
  ///
  /// - Throws: `DatabaseError` with `SQLITE_CORRUPT` if one is not what was written.
  static func check(_ db: Database) throws {
    let damaged = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM event_series WHERE checksum IS NOT \(RowChecksum.ofEventSeries))
        OR EXISTS (
          SELECT 1 FROM (SELECT collector_id, max(day) AS newest FROM event GROUP BY collector_id)
          JOIN event USING (collector_id)
          WHERE day >= newest - \(TallyCache.daysOfSums) AND checksum IS NOT \(RowChecksum.ofEvent))
        """)
    if damaged == true { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "events are damaged") }
  }

  /// Stores events in place of those of the same ids.
  ///
  /// - Returns: the days that are no longer what they were.
  func record(_ events: [UsageEvent], series: inout EventSeries, in writer: LedgerWriter) throws -> Set<Day> {
    var touched: Set<Day> = []
    let salt = try LedgerQueries.salt(in: writer.db())
    for event in events {
      if let day = try day(of: event, in: writer.db()) { touched.insert(day) }
      touched.insert(event.day)
      try save(event, salt: salt, series: &series, in: writer)
    }
    return touched
  }

  func saveCompleteSince(_ day: Day, in writer: LedgerWriter) throws {
    try writer.run("UPDATE collector SET complete_since = ? WHERE id = ?", [day.ordinal, collector])
  }

  func prune(before day: Day, in writer: LedgerWriter) throws {
    try writer.run("DELETE FROM event WHERE collector_id = ? AND day < ?", [collector, day.ordinal])
  }

  /// Takes every event for unknown.
  func forget(in db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM event WHERE collector_id = :id;
        DELETE FROM event_series WHERE collector_id = :id;
        UPDATE collector SET complete_since = NULL WHERE id = :id;
        """, arguments: ["id": collector])
  }

  private func day(of event: UsageEvent, in db: Database) throws -> Day? {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT day FROM event WHERE collector_id = ? AND id = ?"),
      arguments: [collector, StoredText.encode(event.id)]
    ).map(Day.init(ordinal:))
  }

  private func save(_ event: UsageEvent, salt: Salt, series: inout EventSeries, in writer: LedgerWriter) throws {
    var parts: [EventBlob.Part] = []
    for part in event.amounts {
      let number = try series.number(of: part.key, of: collector, in: writer)
      parts.append(.init(series: number, amount: try Quantity.sum(0, part.amount)))
    }
    try writer.run(
      """
      INSERT OR REPLACE INTO event (collector_id, day, id, user_hash, stand_in, amounts, checksum)
      SELECT *, \(RowChecksum.ofEvent)
      FROM (SELECT ? AS collector_id, ? AS day, ? AS id, ? AS user_hash, ? AS stand_in, ? AS amounts)
      """,
      [
        collector, event.day.ordinal, StoredText.encode(event.id), event.user.map(salt.hash), event.isProvisional,
        EventBlob.encode(parts),
      ])
  }
}
