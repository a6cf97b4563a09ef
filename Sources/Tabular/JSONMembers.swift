/// The scalars that stand beside a list.
struct JSONMembers: Sendable {
  private var bytes: [UInt8] = []
  private var entries: [(name: FieldBounds, value: FieldBounds)] = []
  /// The member whose value is yet to come.
  private(set) var name = FieldBounds.absent

  /// In bytes.
  var size: Int { bytes.count + entries.count * MemoryLayout<FieldBounds>.size * 2 }

  /// Begins a member.
  mutating func begin(_ text: Span<UInt8>, isEscaped: Bool) {
    name = append(text, isEscaped: isEscaped)
  }

  /// Ends it, with a value of these bytes or with none.
  mutating func end(_ text: Span<UInt8>, isEscaped: Bool) {
    entries.append((name, append(text, isEscaped: isEscaped)))
  }

  mutating func end(_ value: FieldBounds) {
    entries.append((name, value))
  }

  func isNamed(_ text: String) -> Bool { bytes[name.range].elementsEqual(text.utf8) }

  /// The member's value, the last one if there are several; nil if there is none, or an array or an object.
  subscript(_ name: String) -> Field? {
    guard let entry = entries.last(where: { bytes[$0.name.range].elementsEqual(name.utf8) }) else { return nil }
    return entry.value == .composite ? nil : Field(storage: bytes, range: entry.value.range)
  }

  private mutating func append(_ text: Span<UInt8>, isEscaped: Bool) -> FieldBounds {
    let start = bytes.count
    text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    guard isEscaped else { return FieldBounds(start, bytes.count) }
    let range = JSONText.unescape(&bytes, start..<bytes.count)
    bytes.removeSubrange(range.upperBound...)
    return FieldBounds(range.lowerBound, range.upperBound)
  }
}
