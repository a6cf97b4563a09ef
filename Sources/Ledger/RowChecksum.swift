import CDeflate
import Foundation
import GRDB

/// A checksum over the columns of a row, which stands in the row. SQLite's own check does not see a number or a name that a disk
/// changed, and an event with another id or amount would be usage that never was.
enum RowChecksum {
  /// `row_checksum(column, …)`.
  static let function = DatabaseFunction("row_checksum", pure: true) { values in
    Int64(values.reduce(0) { checksum($1, after: $0) })
  }

  // As SQL, for statements that write such rows and those that look at them.
  static let ofEvent = "row_checksum(collector_id, day, id, user_hash, stand_in, amounts)"
  static let ofEventSeries = "row_checksum(collector_id, id, scope, name, qualifier, measure, dimension)"

  private static func checksum(_ value: DatabaseValue, after sum: UInt32) -> UInt32 {
    switch value.storage {
    case .null: checksum(0, after: sum)
    case .int64(let number): checksum(UInt64(bitPattern: number), after: checksum(1, after: sum))
    case .double(let number): checksum(number.bitPattern, after: checksum(2, after: sum))
    case .string(var text): text.withUTF8 { checksum(UnsafeRawBufferPointer($0), kind: 3, after: sum) }
    case .blob(let data): data.withUnsafeBytes { checksum($0, kind: 4, after: sum) }
    }
  }

  /// The length comes first, so that nothing moves from one column to the next unseen.
  private static func checksum(_ bytes: UnsafeRawBufferPointer, kind: UInt64, after sum: UInt32) -> UInt32 {
    let start = checksum(UInt64(bytes.count), after: checksum(kind, after: sum))
    return bytes.isEmpty ? start : libdeflate_crc32(start, bytes.baseAddress, bytes.count)
  }

  private static func checksum(_ number: UInt64, after sum: UInt32) -> UInt32 {
    withUnsafeBytes(of: number.littleEndian) { libdeflate_crc32(sum, $0.baseAddress, $0.count) }
  }
}
