import GRDB
import GRDBSQLite

/// A statement that writes rows of two whole numbers, many at a time: for SQLite to begin and end a statement takes longer than
/// a row of it.
struct PairStatement {
  private let statement: Statement
  private let beforeWrite: (@Sendable () throws -> Void)?

  /// - Parameters:
  ///   - sql: the text before the rows, that of each row, with two parameters, and the text after the rows.
  ///   - count: how many rows each run writes.
  ///   - beforeWrite: called before each run.
  init(
    _ sql: (head: String, row: String, tail: String), count: Int, in database: Database,
    beforeWrite: (@Sendable () throws -> Void)?
  ) throws {
    let rows = repeatElement(sql.row, count: count).joined(separator: ", ")
    statement = try database.cachedStatement(sql: "\(sql.head) \(rows) \(sql.tail)")
    self.beforeWrite = beforeWrite
  }

  /// - Parameter pairs: as many as the statement was made for.
  func run(_ pairs: ArraySlice<(Int64, Int64)>) throws {
    try beforeWrite?()
    let handle = statement.sqliteStatement
    var index: Int32 = 1
    // It fails only for an index that the statement does not have, or while it runs: its run fails then.
    for (first, second) in pairs {
      sqlite3_bind_int64(handle, index, first)
      sqlite3_bind_int64(handle, index + 1, second)
      index += 2
    }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    if code != SQLITE_DONE { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement)).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

extension LedgerWriter {
  /// Writes any number of rows of two whole numbers, in their order.
  ///
  /// - Parameter sql: the text before the rows, that of each row, with two parameters, and the text after the rows.
  func run(_ sql: (head: String, row: String, tail: String), pairs: [(Int64, Int64)]) throws {
    var rest = pairs[...]
    for count in [64, 1] where rest.count >= count {
      let statement = try statement(sql, count: count)
      while rest.count >= count {
        try statement.run(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
    }
  }
}
