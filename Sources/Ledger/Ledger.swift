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
  /// Whether the last transaction could be written.
  package private(set) var isWritable = true

  let database: LedgerDatabase
  var shelves: [CollectorID: Shelf] = [:]
  var journals: [CollectorID: JournalShelf] = [:]

  private let executor = QueueExecutor(label: "ledger")
  private let lock: FileLock?
  private var folding: [WorkspaceID: AgentFolding] = [:]
  private var nextSeriesRow: Int64

  /// A collector's book with the rows that hold it.
  struct Shelf {
    var book: CollectorBook
    var rows: CollectorRows
  }

  /// Opens a ledger over a database that is already there.
  package init(database: LedgerDatabase) throws {
    try self.init(database: database, lock: nil, movedAside: nil)
  }

  init(database: LedgerDatabase, lock: FileLock?, movedAside: String?) throws {
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
  /// A change of `zone` cuts days anew: what their first reading finds is a baseline again, and no event is known.
  package func register(_ id: CollectorID, zone: String) throws(LedgerError) -> CollectorBook {
    try register([id], zone: zone)[0]
  }

  /// The books of a workspace's collectors, in one transaction.
  package func register(_ ids: [CollectorID], zone: String) throws(LedgerError) -> [CollectorBook] {
    let missing = ids.filter { shelves[$0]?.book.progress.zone != zone }
    let unfolded = Set(missing.map(\.workspace)).filter { folding[$0] == nil }
    if missing.isEmpty, unfolded.isEmpty { return ids.compactMap { shelves[$0]?.book } }
    let (loaded, foldings) = try write { db in
      (
        try missing.map { try Self.load($0, zone: zone, from: db) },
        try unfolded.map { ($0, try LedgerQueries.folding(of: $0, in: db)) }
      )
    }
    for (workspace, admitted) in foldings { folding[workspace] = admitted }
    for (id, shelf) in zip(missing, loaded) {
      shelves[id] = shelf
      journals[id] = nil
    }
    return ids.compactMap { shelves[$0]?.book }
  }

  private static func load(_ id: CollectorID, zone: String, from db: Database) throws -> Shelf {
    var (book, rows) = try CollectorRows.load(id, from: db)
    if book.progress.zone != zone {
      if !book.progress.zone.isEmpty {
        try rows.forgetBuckets(of: &book, in: db)
        try JournalRows(collector: rows.collector).forget(in: db)
      }
      book.progress.zone = zone
      try rows.save(book.progress, countsSince: book.countsSince, in: db)
    }
    return Shelf(book: book, rows: rows)
  }

  package func book(of id: CollectorID) -> CollectorBook? { shelves[id]?.book }

  /// How many agents of a workspace share `other`.
  package func foldedAgents(of workspace: WorkspaceID) -> Int { folding[workspace]?.folded.count ?? 0 }

  /// Replaces what `answer` covers, whole, in one transaction. Windows that are summed see the buckets of the same answer.
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
      var update = try BookUpdate(
        of: Answer(answer.coverage, reading), to: book, at: now, policy: policy,
        cells: { try rows.cells(of: $0, book: book, in: db) },
        nextRow: {
          defer { nextRow += 1 }
          return nextRow
        })
      var written = rows
      try written.save(update, book: book, in: self.writer(db))
      let series = update.series
      try update.sum(answer.coverage, book: book) { try written.sums(of: $0, series: series, in: db) }
      try written.saveGauges(update, book: book, in: self.writer(db))
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
    guard let shelf = shelves[id] else { throw .unknownCollector(id) }
    let countsSince = shelf.book.countsSince(after: progress)
    try write { db in try shelf.rows.save(progress, countsSince: countsSince, in: self.writer(db).db()) }
    shelves[id]?.book.progress = progress
    shelves[id]?.book.countsSince = countsSince
    return shelves[id]?.book ?? shelf.book
  }

  /// Tells that a scrape at `now` is about to show the collectors' counters: holds begin, and those that are over end.
  ///
  /// - Parameter deadline: when the scrape is over; what has not begun by then is left to the next one.
  /// - Returns: the books to show.
  @discardableResult
  package func settle(
    _ ids: [CollectorID], at now: Date, before deadline: ContinuousClock.Instant? = nil
  ) throws(LedgerError) -> [CollectorBook] {
    if let deadline, deadline <= .now { return [] }
    let due = ids.filter { id in shelves[id]?.book.settles(at: now) ?? false }
    if !due.isEmpty {
      try write { db in
        for id in due { try self.shelves[id]?.rows.settle(at: now, in: self.writer(db).db()) }
      }
      for id in due { settleBook(id, at: now) }
    }
    return try ids.map { id throws(LedgerError) in
      guard let book = shelves[id]?.book else { throw .unknownCollector(id) }
      return book
    }
  }

  private func settleBook(_ id: CollectorID, at now: Date) {
    guard let states = shelves[id]?.book.series.states else { return }
    shelves[id]?.book.revision += 1
    for (place, state) in states.enumerated() where state.hold != .released {
      shelves[id]?.book.series[stateAt: place] = state.settled(at: now)
    }
  }

  /// Moves the log into the database, so that the folder is one whole file. For a graceful stop.
  package func close() {
    try? database.queue.writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
    }
  }

  /// Runs one transaction.
  func write<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
    let (result, number) = try counting {
      try database.queue.write { db in
        let changes = db.totalChangesCount
        let result = try body(db)
        // A transaction that changed nothing is none: it must not cost a write that is waited for.
        return (result, db.totalChangesCount == changes ? nil : try CommitMark.raise(writer(db)))
      }
    }
    if let number { database.mark?.write(number) }
    isWritable = true
    return result
  }

  /// Runs statements that only read.
  func read<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
    try counting { try database.queue.read(body) }
  }

  private func counting<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
    do {
      return try body()
    } catch let error as LedgerError {
      throw error
    } catch is QuantityOverflow {
      throw .overflow
    } catch {
      writeFailures += 1
      isWritable = false
      throw .notWritten(reason: Self.reason(of: error))
    }
  }

  func writer(_ db: Database) -> LedgerWriter {
    LedgerWriter(database: db, beforeWrite: database.beforeWrite)
  }
}
