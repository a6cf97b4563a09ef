package import Foundation

/// What an event adds to the counters, as one column: pairs of a series' number and an amount, each in base 128 with the
/// low seven bits first. Amounts alternate in sign (0, -1, 1, -2 …), so that small ones are short whatever their sign.
package enum EventBlob {
  package struct Part: Hashable, Sendable {
    package let series: Int64
    package let amount: Int64

    package init(series: Int64, amount: Int64) {
      self.series = series
      self.amount = amount
    }
  }

  package static func encode(_ parts: [Part]) -> Data {
    var bytes: [UInt8] = []
    for part in parts {
      append(UInt64(bitPattern: part.series), to: &bytes)
      append(UInt64(bitPattern: (part.amount << 1) ^ (part.amount >> 63)), to: &bytes)
    }
    return Data(bytes)
  }

  /// - Returns: nil if the bytes are not what ``encode(_:)`` makes.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> [Part]? {
    var parts: [Part] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let series = number(&rest), let amount = number(&rest) else { return nil }
      parts.append(
        Part(
          series: Int64(bitPattern: series), amount: Int64(bitPattern: (amount >> 1) ^ (0 &- (amount & 1)))))
    }
    return parts
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func number(_ bytes: inout Slice<UnsafeRawBufferPointer>) -> UInt64? {
    var number: UInt64 = 0
    // Ten groups of seven bits hold 64; of the tenth only the lowest bit counts.
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard let byte = bytes.popFirst(), shift < 63 || byte <= 1 else { return nil }
      number |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }
}
