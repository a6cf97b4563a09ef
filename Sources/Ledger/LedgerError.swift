import GRDB

/// Why a ledger cannot be used, in words for the operator.
package enum LedgerError: Error, Sendable, CustomStringConvertible {
  case inUse(path: String)
  case newer(found: Int, known: Int)
  case unusable(path: String, reason: String)
  /// A transaction was not written: nothing of it is in the counters.
  case notWritten(reason: String)
  /// A counter would leave what it can hold.
  case overflow
  case unknownCollector(CollectorID)

  package var description: String {
    switch self {
    case .inUse(let path):
      "the ledger in \(path) is in use by another process: stop it, or give this one a --state.path of its own"
    case .newer(let found, let known):
      "the ledger was written by a newer version (tables \(found), this version knows \(known)): upgrade, or use another --state.path"
    case .unusable(let path, let reason):
      "the ledger in \(path) cannot be opened (\(reason)): make the folder writable for this user, or set --state.path"
    case .notWritten(let reason):
      "the ledger was not written (\(reason)): counters stay where they are until it can be"
    case .overflow:
      "a counter would exceed what a sample can hold: the answer was refused"
    case .unknownCollector(let id):
      "collector \(id) was never registered with the ledger"
    }
  }
}

extension DatabaseError {
  /// Whether the file itself is broken, rather than busy, full or out of reach.
  ///
  /// A damaged header makes SQLite find fault with anything, so only what the surroundings can be blamed for is not damage.
  var meansDamage: Bool {
    let surroundings: [ResultCode] = [
      .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_PERM,
      .SQLITE_NOMEM, .SQLITE_AUTH, .SQLITE_INTERRUPT,
    ]
    return !surroundings.contains(resultCode.primaryResultCode)
  }
}
