import Foundation
import GRDB
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder `--state.path`: one process at a time, a damaged database moved aside.
struct StateFolder: Sendable {
  let path: String

  private var databasePath: String { path + "/ledger.sqlite" }

  /// Takes the folder for this process. The lock goes with the process, however that ends.
  ///
  /// - Throws: ``LedgerError/inUse(path:)`` or ``LedgerError/unusable(path:reason:)``.
  func lock() throws(LedgerError) -> FileLock {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    } catch {
      throw LedgerError.unusable(path: path, reason: "the folder cannot be made")
    }
    let descriptor = open(path + "/ledger.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let taken = errno == EWOULDBLOCK
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw taken ? .inUse(path: path) : .unusable(path: path, reason: reason)
    }
    return FileLock(descriptor: descriptor)
  }

  /// Opens the database, or moves a damaged one aside and begins a new one.
  ///
  /// - Returns: the database, and where a damaged one went.
  func openDatabase(at now: Date) throws -> (LedgerDatabase, movedAside: String?) {
    do {
      return (try LedgerDatabase.file(databasePath), nil)
    } catch let error as DatabaseError where error.meansDamage {
      let aside = try moveAside(at: now)
      return (try LedgerDatabase.file(databasePath), aside)
    }
  }

  private func moveAside(at now: Date) throws -> String {
    let stamp = Int(now.timeIntervalSince1970)
    var aside = "\(databasePath).damaged-\(stamp)"
    var attempt = 1
    while FileManager.default.fileExists(atPath: aside) {
      attempt += 1
      aside = "\(databasePath).damaged-\(stamp)-\(attempt)"
    }
    // The mark last: a database without its log is an earlier one, which only the mark tells after a kill in between.
    for suffix in ["-wal", "-shm", "", "-mark"] where FileManager.default.fileExists(atPath: databasePath + suffix) {
      try FileManager.default.moveItem(atPath: databasePath + suffix, toPath: aside + suffix)
    }
    return aside
  }
}

/// An advisory lock that lasts as long as the value that holds it.
final class FileLock: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }
}
