/// The number of a sample, in the form in which it is known exactly.
package enum SampleValue: Sendable, Hashable {
  case integer(Int64)
  /// Millionths, written as the exact decimal without trailing zeros.
  case micros(Int64)
  case real(Double)
}

extension [UInt8] {
  mutating func append(_ value: SampleValue) {
    switch value {
    case .integer(let value): append(integer: value)
    case .micros(let value): append(micros: value)
    case .real(let value): append(real: value)
    }
  }

  mutating func append(integer value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: value.magnitude)
  }

  mutating func append(micros value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    append(digits: whole)
    guard rest > 0 else { return }
    append(UInt8(ascii: "."))
    var fraction = rest
    var place: UInt64 = 100_000
    while fraction > 0 {
      let (digit, remainder) = fraction.quotientAndRemainder(dividingBy: place)
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      fraction = remainder
      place /= 10
    }
  }

  /// Whole numbers up to 2^53 as plain digits, others as the shortest decimal that reads back as the same number.
  mutating func append(real value: Double) {
    if value.magnitude <= 9_007_199_254_740_992, let whole = Int64(exactly: value) {
      append(integer: whole)
    } else {
      append(special: value)
    }
  }

  /// A number in OpenMetrics' canonical form, in which 1 is `1.0`: what `le` needs for both formats to agree.
  mutating func append(canonical value: Double) {
    append(special: value)
  }

  private mutating func append(special value: Double) {
    if value.isNaN {
      append(contentsOf: "NaN".utf8)
    } else if value.isInfinite {
      append(contentsOf: (value < 0 ? "-Inf" : "+Inf").utf8)
    } else {
      append(contentsOf: value.description.utf8)
    }
  }

  private mutating func append(digits value: UInt64) {
    var width = 1
    var limit: UInt64 = 10
    // 2^64 - 1 has 20 digits, and 10^20 is more than a word holds.
    while width < 20 && value >= limit {
      width += 1
      limit = limit &* 10
    }
    var place = count + width
    append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    var rest = value
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      place -= 1
      self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
  }
}
