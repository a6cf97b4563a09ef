import Foundation
import GRDB
import Usage

/// Where a collector's book is in the database.
struct CollectorRows: Sendable {
  let collector: Int64
  private(set) var entities: [Entity: Int64]
  /// ``SeriesDigest`` of the collector's counters.
  private var digest: Int64

  init(collector: Int64, entities: [Entity: Int64], digest: Int64) {
    self.collector = collector
    self.entities = entities
    self.digest = digest
  }

  func save(_ progress: CollectorProgress, countsSince: Day?, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE collector SET baselined = ?, last_attempt = ?, last_success = ?, next_attempt = ?, data_through = ?,
          catching_up = ?, failures = ?, last_succeeded = ?, last_duration = ?, row_count = ?, unavailable = ?,
          zone = ?, counts_since = ?,
          live_since = CASE WHEN NOT baselined AND ? AND last_success IS NULL THEN ? ELSE live_since END
        WHERE id = ?
        """)
    try statement.execute(arguments: [
      progress.baselined, progress.lastAttempt?.seconds, progress.lastSuccess?.seconds, progress.nextAttempt?.seconds,
      progress.dataThrough?.seconds, progress.catchingUp, progress.failures, progress.lastSucceeded,
      progress.lastDuration, progress.rows, progress.unavailable, progress.zone, countsSince?.ordinal,
      progress.baselined, progress.lastSuccess?.seconds,
      collector,
    ])
  }

  /// Begins and ends holds, exactly as ``SeriesState/settled(at:)`` does.
  func settle(at now: Date, in db: Database) throws {
    let begins =
      "(hold_for IS NOT NULL AND (hold_until IS NULL OR hold_until - :now > hold_for + \(SeriesState.Hold.tolerance)))"
    let statement = try db.cachedStatement(
      sql: """
        UPDATE series SET hold_until = CASE WHEN \(begins) THEN :now + hold_for END,
          hold_for = CASE WHEN \(begins) THEN hold_for END
        WHERE collector_id = :id AND (hold_until <= :now OR \(begins))
        """)
    try statement.execute(arguments: ["now": now.seconds, "id": collector])
  }

  /// Takes every bucket for unread, so that its next reading is a baseline.
  func forgetBuckets(of book: inout CollectorBook, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE bucket SET read_at = NULL, untold = NULL WHERE collector_id = :id;
        DELETE FROM gauge WHERE window_id IN (SELECT id FROM window WHERE collector_id = :id);
        DELETE FROM window WHERE collector_id = :id;
        """, arguments: ["id": collector])
    book.readAt = [:]
    book.untold = [:]
    book.countsSince = nil
    book.periods = [:]
    book.activeUsers = [:]
    book.progress.baselined = false
    book.progress.nextAttempt = nil
  }

  /// Stores all of an update but its gauges, which may be sums of what is stored here.
  mutating func save(_ update: BookUpdate, book: CollectorBook, in writer: LedgerWriter) throws {
    try saveSeries(update, in: writer)
    try saveDigest(update, book: book, in: writer)
    for bucket in Set(update.cells.keys).union(update.readAt.keys) {
      try saveBucket(bucket, update, book: book, in: writer)
    }
    if let oldest = update.oldestRetained { try prune(before: oldest, in: writer) }
    for (measure, tally) in update.tallies {
      try writer.run(
        "INSERT OR REPLACE INTO tally VALUES (?, ?, ?, ?)",
        [collector, measure.rawValue, tally.excess, tally.corrections])
    }
    for (reason, count) in update.rejected {
      try writer.run("INSERT OR REPLACE INTO rejected VALUES (?, ?, ?)", [collector, reason.rawValue, count])
    }
    for (state, value) in update.states where book.states[state] != value {
      try writer.run("INSERT OR REPLACE INTO state VALUES (?, ?, ?)", [collector, state.rawValue, value])
    }
    for (entity, attributes) in update.attributes {
      try writer.run(
        "UPDATE entity SET attributes = ? WHERE id = ?",
        [AttributeText.encode(attributes), try row(of: entity, in: writer)])
    }
  }

  private mutating func saveDigest(_ update: BookUpdate, book: CollectorBook, in writer: LedgerWriter) throws {
    if update.new.isEmpty, update.grown.isEmpty { return }
    for place in update.new { digest &+= update.series.digest(at: place) }
    for place in update.grown { digest &+= update.series.digest(at: place) &- book.series.digest(at: place) }
    try writer.run("UPDATE collector SET digest = ? WHERE id = ?", [digest, collector])
  }

  private func prune(before oldest: Day, in writer: LedgerWriter) throws {
    try writer.run(
      """
      DELETE FROM cell_page WHERE bucket_id IN
        (SELECT id FROM bucket WHERE collector_id = ? AND kind = 'day' AND position < ?)
      """, [collector, oldest.ordinal])
    try writer.run(
      "DELETE FROM bucket WHERE collector_id = ? AND kind = 'day' AND position < ?", [collector, oldest.ordinal])
  }

  mutating func row(of entity: Entity, in writer: LedgerWriter) throws -> Int64 {
    if let row = entities[entity] { return row }
    let row = try writer.insert(
      "INSERT INTO entity (collector_id, scope, name, qualifier) VALUES (?, ?, ?, ?)",
      [
        collector, entity.scope.rawValue, StoredText.encode(entity.id), StoredText.encode(entity.qualifier),
      ])
    entities[entity] = row
    return row
  }
}
