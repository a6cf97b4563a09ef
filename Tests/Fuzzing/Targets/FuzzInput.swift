/// Makes choices, numbers and texts out of an input; where that ends there are zeros and nothing.
struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  mutating func choose<Item>(_ items: [Item]) -> Item { items[Int(byte()) % items.count] }

  mutating func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(byte()) } }

  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// Of at most 63 bytes, with what is not UTF-8 replaced.
  mutating func text() -> String { String(decoding: bytes(Int(byte() % 64)), as: UTF8.self) }

  mutating func remainder() -> [UInt8] { bytes(rest.count) }

  /// Where a document of so many bytes is cut into chunks.
  mutating func cuts(of count: Int) -> [Int] {
    let seed = Int(byte())
    // Single bytes, or a few places.
    if seed % 4 == 0 { return count > 1 ? Array(1..<count) : [] }
    return (1...(seed % 4)).map { count == 0 ? 0 : (seed * $0 * 131) % (count + 1) }
  }
}
