import Foundation
import Ledger
import TestSupport
import Testing
import Usage

/// How cells lie in the store.
@Suite("A page of cells")
struct CellPageTests {
  /// A page with some, all or none of its cells, and the cells by the rows of their series.
  private static func page(_ random: inout SeededGenerator) -> (page: CellPage, cells: [Int64: Cell]) {
    var page = CellPage(
      bucket: Int64.random(in: 1...1_000_000, using: &random), number: Int64.random(in: 0...1_000_000, using: &random))
    var cells: [Int64: Cell] = [:]
    let count = [0, 1, 2, 100, CellPage.size].randomElement(using: &random) ?? 0
    for place in (0..<CellPage.size).shuffled(using: &random).prefix(count) {
      let series = page.number * Int64(CellPage.size) + Int64(place)
      let cell = Cell(value: number(&random), counted: number(&random), moved: number(&random))
      page[series] = cell
      cells[series] = cell
    }
    return (page, cells)
  }

  private static func number(_ random: inout SeededGenerator) -> Int64 {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: 0
    case 1: [Int64.max, .min, Quantity.limit, -Quantity.limit].randomElement(using: &random) ?? 0
    case 2: -Int64.random(in: 0...1_000, using: &random)
    default: Int64.random(in: 0...100_000, using: &random)
    }
  }

  private func read(_ bytes: Data, of page: CellPage) throws -> [(Int64, Cell)] {
    try read(bytes, bucket: page.bucket, number: page.number)
  }

  private func read(_ bytes: Data, bucket: Int64, number: Int64) throws -> [(Int64, Cell)] {
    var cells: [(Int64, Cell)] = []
    try bytes.withUnsafeBytes { bytes in
      try CellPage.forEachCell(in: bytes, bucket: bucket, number: number) { cells.append(($0, $1)) }
    }
    return cells
  }

  @Test("is read as it was written, in the order of series")
  func roundTrip() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (page, cells) = Self.page(&random)
      let found = try read(page.encoded(), of: page)
      #expect(found.map(\.0) == cells.keys.sorted(), "seed \(seed)")
      #expect(Dictionary(uniqueKeysWithValues: found) == cells, "seed \(seed)")
    }
  }

  @Test("takes few bytes where little differs from what was counted")
  func size() {
    var page = CellPage(bucket: 1, number: 0)
    for series in 0..<Int64(CellPage.size) { page[series] = Cell(value: 1_000, counted: 1_000) }
    #expect(page.encoded().count == 4 + CellPage.size * 5)
  }

  @Test("is refused with any bit turned, cut off anywhere, or longer", arguments: 1...10 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (page, _) = Self.page(&random)
    let bytes = page.encoded()
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: DamagedPage.self) { try read(damaged, of: page) }
    }
    for length in 0..<bytes.count {
      #expect(throws: DamagedPage.self) { try read(bytes.prefix(length), of: page) }
    }
    #expect(throws: DamagedPage.self) { try read(bytes + Data([0]), of: page) }
  }

  @Test("is refused in the place of another")
  func misplaced() throws {
    var random = SeededGenerator(seed: 3)
    let (page, _) = Self.page(&random)
    let bytes = page.encoded()
    #expect(throws: DamagedPage.self) { try read(bytes, bucket: page.bucket + 1, number: page.number) }
    #expect(throws: DamagedPage.self) { try read(bytes, bucket: page.bucket, number: page.number + 1) }
    #expect(throws: DamagedPage.self) { try read(bytes, bucket: page.number, number: page.bucket) }
  }
}
