package import Foundation
import GRDB

extension Ledger {
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

  /// SQLite's own words, without paths or values.
  static func reason(of error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "unexpected \(type(of: error))" }
    return "SQLite: \(error.message ?? "error \(error.resultCode.rawValue)")"
  }
}
