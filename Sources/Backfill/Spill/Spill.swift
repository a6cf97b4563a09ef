package import Foundation
import GRDB
package import Ledger
package import Usage

/// What was read so far, day by day, on disk: a backfill goes on with it after an interruption, and is written from it.
///
/// Each day of a unit is one transaction. Memory holds the names of the series and none of their values.
package actor Spill {
  nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// The units in the order of the plan, with the days of the backfill that was begun.
  package nonisolated let units: [BackfillUnit]
  /// Of collectors that read single events.
  package nonisolated let events: Ledger
  let queue: DatabaseQueue
  private let executor = QueueExecutor(label: "backfill")
  private let folder: String
  private var rows: [CollectorID: SpillRows]

  /// Begins or goes on with what is in a folder.
  ///
  /// - Parameter to: the last day, if one was asked for; else that of a backfill that was begun holds.
  /// - Throws: ``SpillFault``, also if the folder is of another backfill or in use.
  package init(
    folder: String, _ identity: SpillIdentity, _ plan: BackfillPlan, to: Day?, at now: Date
  ) throws(SpillFault) {
    self.folder = folder
    events = try Self.openEvents(folder, at: now)
    do {
      var configuration = GRDB.Configuration()
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096")
      }
      queue = try DatabaseQueue(path: folder + "/days.sqlite", configuration: configuration)
      (units, rows) = try queue.write { db in try SpillRows.open(identity, plan, to: to, in: db) }
    } catch let fault as SpillFault {
      throw SpillFault("\(folder) \(fault.description): repeat what it was begun with, or delete \(folder)")
    } catch {
      throw SpillFault(path: folder, error)
    }
  }

  /// Its lock is what keeps two backfills from one folder.
  private static func openEvents(_ folder: String, at now: Date) throws(SpillFault) -> Ledger {
    let events: Ledger
    do {
      events = try Ledger.open(path: folder + "/events", at: now)
    } catch .inUse {
      throw SpillFault("\(folder) is in use by another backfill: wait for its end, or name another --output")
    } catch {
      throw SpillFault("\(folder) cannot be used: it needs a disk with room and leave to write (\(error))")
    }
    guard events.movedAside == nil else {
      throw SpillFault("\(folder) is damaged: delete it, and everything is read again")
    }
    return events
  }

  /// The days of a unit that are still to be read, oldest first; none if the provider has not switched it on.
  package func missing(of unit: BackfillUnit) throws(SpillFault) -> [Day] {
    let rows = try rows(of: unit)
    if rows.isDisabled { return [] }
    return try write { db in
      let done = try rows.done(in: db)
      return unit.span.days.filter { !done.contains($0) }
    }
  }

  /// Keeps what was answered for a day, in place of what was kept before.
  package func commit(_ reading: Reading, of unit: BackfillUnit, on day: Day) throws(SpillFault) {
    let known = try rows(of: unit)
    rows[unit.id] = try write { db in
      var rows = known
      try rows.save(reading, on: day, in: db)
      return rows
    }
  }

  /// Takes note that the provider has not switched on what the unit asks for: nothing that was read of it counts.
  package func disable(_ unit: BackfillUnit) throws(SpillFault) {
    var rows = try rows(of: unit)
    try write { [rows] db in try rows.disable(in: db) }
    rows.isDisabled = true
    self.rows[unit.id] = rows
  }

  package func isDisabled(_ unit: BackfillUnit) -> Bool { rows[unit.id]?.isDisabled ?? true }

  func row(of unit: BackfillUnit) -> Int64? { rows[unit.id]?.unit }

  /// Runs something that only reads, on this actor's own thread.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.read(body) }

  package func close() async {
    await events.close()
    try? queue.close()
  }

  private func rows(of unit: BackfillUnit) throws(SpillFault) -> SpillRows {
    guard let rows = rows[unit.id] else { throw SpillFault("\(unit.id) is no part of the backfill in \(folder)") }
    return rows
  }

  private func write<Result>(_ body: (Database) throws -> Result) throws(SpillFault) -> Result {
    do {
      return try queue.write(body)
    } catch {
      throw SpillFault(path: folder, error)
    }
  }
}
