import CDeflate
import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The number of the last commit, in a file beside the database.
///
/// Where the write-ahead log is damaged or lost, SQLite goes back to an earlier commit without a word: counters that were
/// shown would fall, and Prometheus would take all of what is left for new usage. The mark is written after a commit is
/// safe, so that it is never ahead of a sound ledger.
struct CommitMark: Sendable {
  /// Of the file: the number and its checksum, 12 bytes.
  private let path: String

  init(database path: String) {
    self.path = path + "-mark"
  }

  /// Raises the number in the database, as part of a commit.
  static func raise(_ writer: LedgerWriter) throws -> Int64 {
    let statement = try writer.db().cachedStatement(
      sql: "UPDATE last_commit SET number = number + 1 RETURNING number")
    return try Int64.fetchOne(statement) ?? 0
  }

  /// Compares the database with the mark. A mark that cannot be read tells nothing.
  ///
  /// - Throws: `DatabaseError` with `SQLITE_CORRUPT` if commits are missing.
  func check(_ db: Database) throws {
    let number = try Int64.fetchOne(db, sql: "SELECT number FROM last_commit") ?? 0
    guard let marked = read(), number < marked else { return }
    throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the last \(marked - number) commits are missing")
  }

  /// Keeps the number of a commit. It is not synced: after a power cut an older mark stands there, which asks for less.
  func write(_ number: Int64) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Self.encoded(number)
    // In one call and in place, so that a kill leaves the old number or the new one. A mark that stays behind does no harm.
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  func remove() { unlink(path) }

  private func read() -> Int64? {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)), bytes.count == 12 else { return nil }
    let number = bytes.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
    return Self.encoded(number) == Array(bytes) ? number : nil
  }

  private static func encoded(_ number: Int64) -> [UInt8] {
    let bytes = withUnsafeBytes(of: number.littleEndian) { Array($0) }
    return bytes + withUnsafeBytes(of: libdeflate_crc32(0, bytes, bytes.count).littleEndian) { Array($0) }
  }
}
