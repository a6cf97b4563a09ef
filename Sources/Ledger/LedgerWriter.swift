import GRDB

/// The database within a transaction, for statements that write.
struct LedgerWriter {
  private let database: Database
  private let beforeWrite: (@Sendable () throws -> Void)?

  init(database: Database, beforeWrite: (@Sendable () throws -> Void)?) {
    self.database = database
    self.beforeWrite = beforeWrite
  }

  /// The database, just before one statement is run on it.
  func db() throws -> Database {
    try beforeWrite?()
    return database
  }

  /// Runs one statement, prepared once per connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    let statement = try db().cachedStatement(sql: sql)
    try statement.execute(arguments: arguments)
  }

  /// A statement that writes `count` rows of two numbers at a time.
  func statement(_ sql: (head: String, row: String, tail: String), count: Int) throws -> PairStatement {
    try PairStatement(sql, count: count, in: database, beforeWrite: beforeWrite)
  }

  /// Runs an `INSERT`.
  ///
  /// - Returns: the row's id.
  func insert(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
    try run(sql, arguments)
    return database.lastInsertedRowID
  }
}
