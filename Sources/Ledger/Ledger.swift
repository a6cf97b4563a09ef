package import Foundation
import GRDB
package import Usage

/// Restated readings in, monotone counters out.
///
/// Every change is one transaction; memory follows only what is written, so nothing that a scrape has shown can be lost.
package actor Ledger {
  nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Whether a sound ledger with content was opened, rather than a new one begun.
  package nonisolated let restored: Bool
  /// Where a damaged ledger was moved, if one was found.
  package nonisolated let movedAside: String?
  /// Transactions that could not be written.
  package private(set) var writeFailures = 0

  private let executor = QueueExecutor(label: "ledger")
  private let database: LedgerDatabase
  private let lock: FileLock?
  private var shelves: [CollectorID: Shelf] = [:]
  private var folding: [WorkspaceID: AgentFolding] = [:]
  private var nextSeriesRow: Int64

  /// A collector's book with the rows that hold it.
  private struct Shelf {
    var book: CollectorBook
    var rows: CollectorRows
  }

  /// Opens the ledger in a folder, which is made if it is not there; `:memory:` keeps nothing.
  ///
  /// - Throws: ``LedgerError`` if another process has it, or it cannot be opened.
  package static func open(path: String, at now: Date) throws(LedgerError) -> Ledger {
    do {
      if path == ":memory:" { return try Ledger(database: .inMemory()) }
      let folder = StateFolder(path: path)
      let lock = try folder.lock()
      let (database, aside) = try folder.openDatabase(at: now)
      return try Ledger(database: database, lock: lock, movedAside: aside)
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .unusable(path: path, reason: Self.reason(of: error))
    }
  }

  /// Opens a ledger over a database that is already there.
  package init(database: LedgerDatabase) throws {
    try self.init(database: database, lock: nil, movedAside: nil)
  }

  private init(database: LedgerDatabase, lock: FileLock?, movedAside: String?) throws {
    self.database = database
    self.lock = lock
    self.movedAside = movedAside
    (nextSeriesRow, restored) = try database.queue.read { db in
      let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM series") ?? 0
      let collectors = try Int.fetchOne(db, sql: "SELECT count(*) FROM collector") ?? 0
      return (last + 1, collectors > 0)
    }
  }

  /// Bytes on disk.
  package var size: Int64 { database.size() }

  /// The book of a collector, made if it is new.
  ///
  /// A change of `zone` cuts days anew: what their first reading finds is a baseline again.
  package func register(_ id: CollectorID, zone: String) throws(LedgerError) -> CollectorBook {
    if let shelf = shelves[id], shelf.book.progress.zone == zone { return shelf.book }
    if folding[id.workspace] == nil {
      folding[id.workspace] = try write { db in try LedgerQueries.folding(of: id.workspace, in: db) }
    }
    let shelf = try write { db in
      var (book, rows) = try CollectorRows.load(id, from: db)
      if book.progress.zone != zone {
        if !book.progress.zone.isEmpty { try rows.forgetBuckets(of: &book, in: db) }
        book.progress.zone = zone
        try rows.save(book.progress, in: db)
      }
      return Shelf(book: book, rows: rows)
    }
    shelves[id] = shelf
    return shelf.book
  }

  package func book(of id: CollectorID) -> CollectorBook? { shelves[id]?.book }

  /// How many agents of a workspace share `other`.
  package func foldedAgents(of workspace: WorkspaceID) -> Int { folding[workspace]?.folded.count ?? 0 }

  /// Replaces what `answer` covers, whole, in one transaction.
  ///
  /// - Returns: the book after it.
  /// - Throws: ``LedgerError/notWritten(reason:)`` or ``LedgerError/overflow``; then nothing has changed.
  @discardableResult
  package func commit(_ answer: Answer, to id: CollectorID, at now: Date, policy: CountingPolicy) throws(LedgerError)
    -> CollectorBook
  {
    guard var shelf = shelves[id] else { throw .unknownCollector(id) }
    shelves[id] = nil
    defer { shelves[id] = shelf }
    var admitted = folding[id.workspace] ?? AgentFolding()
    let (reading, newlyFolded) = admitted.fold(answer.reading, limit: policy.maxAgents)
    var nextRow = nextSeriesRow
    let rows = shelf.rows
    let (update, written) = try write { [book = shelf.book] db in
      let update = try BookUpdate(
        of: Answer(answer.coverage, reading), to: book, at: now, policy: policy,
        cells: { try rows.cells(of: $0, book: book, in: db) },
        nextRow: {
          defer { nextRow += 1 }
          return nextRow
        })
      var written = rows
      try written.save(update, book: book, in: self.writer(db))
      try LedgerQueries.addFolded(newlyFolded, to: id.workspace, in: self.writer(db))
      return (update, written)
    }
    nextSeriesRow = nextRow
    folding[id.workspace] = admitted
    shelf.rows = written
    shelf.book.apply(update)
    return shelf.book
  }

  /// Stores how a collector fares.
  @discardableResult
  package func record(_ progress: CollectorProgress, for id: CollectorID) throws(LedgerError) -> CollectorBook {
    guard let rows = shelves[id]?.rows else { throw .unknownCollector(id) }
    try write { db in try rows.save(progress, in: self.writer(db).db()) }
    shelves[id]?.book.progress = progress
    return shelves[id]?.book ?? CollectorBook()
  }

  /// Tells that a scrape at `now` is about to show the collector's counters: holds begin, and those that are over end.
  ///
  /// - Returns: the book to show.
  @discardableResult
  package func settle(_ id: CollectorID, at now: Date) throws(LedgerError) -> CollectorBook {
    guard let shelf = shelves[id] else { throw .unknownCollector(id) }
    guard let due = shelf.book.settlesAt, due <= now else { return shelf.book }
    try write { db in try shelf.rows.settle(at: now, in: self.writer(db).db()) }
    shelves[id]?.book.revision += 1
    for (key, state) in shelf.book.series where state.hold != .released {
      shelves[id]?.book.series[key] = state.settled(at: now)
    }
    return shelves[id]?.book ?? shelf.book
  }

  package func progress(of workspace: WorkspaceID) throws(LedgerError) -> WorkspaceProgress {
    try write { db in try LedgerQueries.progress(of: workspace, in: db) }
  }

  package func record(_ progress: WorkspaceProgress, for workspace: WorkspaceID) throws(LedgerError) {
    try write { db in try LedgerQueries.save(progress, of: workspace, in: self.writer(db).db()) }
  }

  /// A number that tells whether a credential is still the one that was refused, without telling the credential.
  package func fingerprint(of secret: Secret) throws(LedgerError) -> Int64 {
    let salt = try write { db in try Int64.fetchOne(db, sql: "SELECT value FROM salt") ?? 0 }
    let salted = withUnsafeBytes(of: salt) { Array($0) } + Array(secret.reveal().utf8)
    return Int64(bitPattern: StableHash.fnv1a(salted))
  }

  /// Moves the log into the database, so that the folder is one whole file. For a graceful stop.
  package func close() {
    try? database.queue.writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
    }
  }

  private func writer(_ db: Database) -> LedgerWriter {
    LedgerWriter(database: db, beforeWrite: database.beforeWrite)
  }

  private func write<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
    do {
      return try database.queue.write(body)
    } catch let error as LedgerError {
      throw error
    } catch is QuantityOverflow {
      throw .overflow
    } catch {
      writeFailures += 1
      throw .notWritten(reason: Self.reason(of: error))
    }
  }

  /// SQLite's own words, without paths or values.
  private static func reason(of error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "unexpected \(type(of: error))" }
    return "SQLite: \(error.message ?? "error \(error.resultCode.rawValue)")"
  }
}
