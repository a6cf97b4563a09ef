/// The number of a sample, in the form in which it is known exactly.
package enum SampleValue: Sendable, Hashable {
  case integer(Int64)
  /// Millionths, written as the exact decimal without trailing zeros.
  case micros(Int64)
  case real(Double)
}

extension [UInt8] {
  mutating func append(_ value: SampleValue) {
    append(number: { NumberText.write(value, to: $0) })
  }

  /// A number in OpenMetrics' canonical form, in which 1 is `1.0`: what `le` needs for both formats to agree.
  mutating func append(canonical value: Double) {
    append(number: { NumberText.write(special: value, to: $0) })
  }

  private mutating func append(number write: (UnsafeMutablePointer<UInt8>) -> Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberText.longest) { text in
      guard let start = text.baseAddress else { return }
      append(contentsOf: text[..<write(start)])
    }
  }
}
