package import Foundation

/// What an event adds to the counters, as one column: pairs of a series' number and an amount.
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
      Base128.append(UInt64(bitPattern: part.series), to: &bytes)
      Base128.append(signed: part.amount, to: &bytes)
    }
    return Data(bytes)
  }

  /// - Returns: nil if the bytes are not what ``encode(_:)`` makes.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> [Part]? {
    var parts: [Part] = []
    var reader = Base128.Reader(bytes)
    while !reader.isAtEnd {
      guard let series = reader.next(), let amount = reader.nextSigned() else { return nil }
      parts.append(Part(series: Int64(bitPattern: series), amount: amount))
    }
    return parts
  }
}
