import Foundation
import GRDB

/// The SQLite database under a ledger: on disk, or in memory where no state is to be kept.
package struct LedgerDatabase: Sendable {
  let queue: DatabaseQueue
  /// The database's file; nil in memory.
  let path: String?
  /// Called before every statement that writes. A test throws from it to end the process, as it were, between two writes.
  let beforeWrite: (@Sendable () throws -> Void)?

  /// Nil in memory.
  var mark: CommitMark? { path.map(CommitMark.init(database:)) }

  /// A database that is gone with the process.
  package static func inMemory(beforeWrite: (@Sendable () throws -> Void)? = nil) throws -> LedgerDatabase {
    let queue = try DatabaseQueue(configuration: configuration())
    let database = LedgerDatabase(queue: queue, path: nil, beforeWrite: beforeWrite)
    try database.queue.write(LedgerSchema.create)
    return database
  }

  /// Opens or creates the file at `path` and checks that it is sound.
  ///
  /// - Throws: `DatabaseError` with `SQLITE_CORRUPT` or `SQLITE_NOTADB` if it is damaged.
  static func file(_ path: String) throws -> LedgerDatabase {
    let mark = CommitMark(database: path)
    // That of a ledger which somebody has removed.
    if !FileManager.default.fileExists(atPath: path) { mark.remove() }
    var configuration = configuration()
    configuration.prepareDatabase { db in
      // A commit that a scrape has shown must outlive a power cut: FULL syncs the log at each commit.
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4096")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.read { db in
      let verdict = try String.fetchOne(db, sql: "PRAGMA \(thoroughness(path))_check(1)") ?? ""
      if verdict != "ok" { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict) }
    }
    try queue.write(LedgerSchema.create)
    try queue.read { db in
      try CellPages.check(db)
      try SeriesDigest.check(db)
      try JournalRows.check(db)
      try mark.check(db)
    }
    return LedgerDatabase(queue: queue, path: path, beforeWrite: nil)
  }

  private static func configuration() -> GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.prepareDatabase { db in db.add(function: RowChecksum.function) }
    return configuration
  }

  /// How closely SQLite looks. The quick check leaves out whether the indexes agree with their tables, and a counter that is
  /// looked up by a damaged index begins anew: that is worth the time for all but the largest ledgers, which must not be
  /// long in starting.
  private static func thoroughness(_ path: String) -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.int64Value ?? 0 > 32 << 20 ? "quick" : "integrity"
  }

  /// Makes a database file from SQL alone. A test makes what an older version left with it.
  package static func makeFile(_ path: String, running script: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { db in try db.execute(sql: script) }
  }

  /// Bytes on disk, the write-ahead log included; in memory the pages in use.
  func size() -> Int64 {
    guard let path else {
      let pages = try? queue.read { db in
        try Int64.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
      }
      return pages.flatMap { $0 } ?? 0
    }
    return ["", "-wal"].reduce(0) { total, suffix in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
      return total + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
    }
  }
}
