import CDeflate
package import Foundation

/// The cells of up to 256 series in one bucket, as the store keeps them: in one column. With a row for each, a refresh of many
/// series would spend nearly all its time on finding rows.
///
/// A checksum stands first. It covers where the page belongs, so that neither a changed number nor a page in the place of
/// another goes unnoticed: usage counted from such a number could never be taken back.
package struct CellPage {
  package static let size = 256

  package let bucket: Int64
  package let number: Int64
  private var cells: [Cell?] = Array(repeating: nil, count: size)

  /// A page without cells.
  package init(bucket: Int64, number: Int64) {
    self.bucket = bucket
    self.number = number
  }

  /// The page of a bucket that has the cell of a series.
  ///
  /// - Parameter series: the row of the series.
  package static func number(of series: Int64) -> Int64 { series / Int64(size) }

  /// The cell of a series that belongs to this page.
  package subscript(series: Int64) -> Cell? {
    get { cells[Int(series - Self.first(number))] }
    set { cells[Int(series - Self.first(number))] = newValue }
  }

  /// The row of the first series of a page.
  private static func first(_ number: Int64) -> Int64 { number * Int64(size) }

  /// The bytes that ``forEachCell(in:bucket:number:_:)`` reads.
  package func encoded() -> Data {
    var bytes: [UInt8] = Array(repeating: 0, count: Self.checksumBytes)
    bytes.reserveCapacity(Self.size * 8)
    var skipped: UInt64 = 0
    for cell in cells {
      guard let cell else {
        skipped += 1
        continue
      }
      Base128.append(skipped, to: &bytes)
      Base128.append(signed: cell.value, to: &bytes)
      Base128.append(signed: cell.counted &- cell.value, to: &bytes)
      Base128.append(signed: cell.moved, to: &bytes)
      skipped = 0
    }
    let sum = bytes.withUnsafeBytes { Self.checksum($0, bucket: bucket, number: number) }
    withUnsafeBytes(of: sum.littleEndian) { bytes.replaceSubrange(..<Self.checksumBytes, with: $0) }
    return Data(bytes)
  }

  /// Hands on the cells of a page in the order of their series.
  ///
  /// - Throws: ``DamagedPage``, before or after some cells were handed on, or what `body` throws.
  package static func forEachCell(
    in bytes: UnsafeRawBufferPointer, bucket: Int64, number: Int64, _ body: (_ series: Int64, Cell) throws -> Void
  ) throws {
    guard bytes.count >= checksumBytes,
      UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
        == checksum(bytes, bucket: bucket, number: number)
    else { throw DamagedPage() }
    var reader = Base128.Reader(bytes, from: checksumBytes)
    var place: UInt64 = 0
    while !reader.isAtEnd {
      guard let skipped = reader.next(), skipped < size - Int(place), let value = reader.nextSigned(),
        let uncounted = reader.nextSigned(), let moved = reader.nextSigned()
      else { throw DamagedPage() }
      place += skipped
      try body(first(number) + Int64(place), Cell(value: value, counted: value &+ uncounted, moved: moved))
      place += 1
    }
  }

  private static let checksumBytes = MemoryLayout<UInt32>.size

  private static func checksum(_ page: UnsafeRawBufferPointer, bucket: Int64, number: Int64) -> UInt32 {
    let place = withUnsafeBytes(of: (bucket.littleEndian, number.littleEndian)) {
      libdeflate_crc32(0, $0.baseAddress, $0.count)
    }
    let content = UnsafeRawBufferPointer(rebasing: page[checksumBytes...])
    return libdeflate_crc32(place, content.baseAddress, content.count)
  }
}

/// A page that is not what was written.
package struct DamagedPage: Error {}
