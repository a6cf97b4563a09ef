import GRDB
import GRDBSQLite

/// A statement whose arguments and columns are whole numbers, bound and read as they are: for the tables that have a row
/// for every series, or for every series and day.
struct NumberStatement {
  private let statement: Statement
  private let beforeWrite: (@Sendable () throws -> Void)?

  /// - Parameter beforeWrite: called before each run.
  init(_ sql: String, in database: Database, beforeWrite: (@Sendable () throws -> Void)? = nil) throws {
    statement = try database.cachedStatement(sql: sql)
    self.beforeWrite = beforeWrite
  }

  /// Sets an argument for the next run and those after it.
  ///
  /// - Parameter index: 1 is the first.
  func bind(_ value: Int64, at index: Int32) {
    // It fails only for an index that the statement does not have, or while it runs: its run fails then.
    sqlite3_bind_int64(statement.sqliteStatement, index, value)
  }

  /// Runs a statement that writes.
  func run() throws {
    try beforeWrite?()
    let code = sqlite3_step(statement.sqliteStatement)
    sqlite3_reset(statement.sqliteStatement)
    if code != SQLITE_DONE { throw failure(code) }
  }

  /// Hands on each row of a statement that reads.
  func forEach(_ body: (NumberRow) throws -> Void) throws {
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      try body(NumberRow(handle: handle))
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement)).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

/// The row that a statement has come to.
struct NumberRow {
  fileprivate let handle: OpaquePointer

  /// A column, from 0.
  subscript(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
}
