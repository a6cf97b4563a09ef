/// Where a field stands in the reader's bytes, or why it stands nowhere.
///
/// 32 bits each: there is one per field of a record, and records are at most 1 GiB long.
struct FieldBounds: Sendable, Hashable {
  private let start: UInt32
  private let end: UInt32

  // A start behind the end is none, so such pairs are free to stand for what has no bytes.
  static let absent = FieldBounds(1, 0)
  static let null = FieldBounds(2, 0)
  static let composite = FieldBounds(3, 0)

  init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var range: Range<Int> { start <= end ? Int(start)..<Int(end) : 0..<0 }

  var presence: Presence {
    switch self {
    case .absent: .absent
    case .null: .null
    case .composite: .composite
    default: .value
    }
  }

  func moved(back distance: Int) -> FieldBounds {
    start <= end ? FieldBounds(Int(start) - distance, Int(end) - distance) : self
  }
}
