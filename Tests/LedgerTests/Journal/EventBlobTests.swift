import Foundation
import Ledger
import Testing
import Usage

@Suite("The amounts of an event as bytes")
struct EventBlobTests {
  static let numbers: [Int64] = [
    0, 1, -1, 63, 64, -64, -65, 127, 128, 1 << 32, Quantity.limit, -Quantity.limit, .max, .min,
  ]

  private func decode(_ bytes: [UInt8]) -> [EventBlob.Part]? { bytes.withUnsafeBytes { EventBlob.decode($0) } }

  @Test("are read as they were written", arguments: numbers)
  func roundTrip(_ number: Int64) {
    let parts = [EventBlob.Part(series: 1, amount: number), .init(series: number, amount: 5)]
    #expect(decode(Array(EventBlob.encode(parts))) == parts)
  }

  @Test("are short where they are small")
  func size() {
    #expect(EventBlob.encode([.init(series: 1, amount: 1), .init(series: 127, amount: -64)]).count == 4)
    #expect(EventBlob.encode([]).isEmpty)
  }

  @Test(
    "are refused if they are cut off or name no number",
    arguments: [
      [1], [0x80], [1, 0x80], [1, 2, 3], [1] + Array(repeating: 0xff, count: 9) + [2],
      Array(repeating: 0x80, count: 12),
    ] as [[UInt8]])
  func malformed(_ bytes: [UInt8]) {
    #expect(decode(bytes) == nil)
  }
}
