/// Numbers as both formats write them.
enum NumberText {
  /// Characters of the longest number: a double of 17 digits with sign, point and exponent.
  static let longest = 32

  /// Writes `value` at `start`, which has room for ``longest`` characters.
  ///
  /// - Returns: how many characters it has.
  static func write(_ value: SampleValue, to start: UnsafeMutablePointer<UInt8>) -> Int {
    switch value {
    case .integer(let value): write(integer: value, to: start)
    case .micros(let value): write(micros: value, to: start)
    case .real(let value): write(real: value, to: start)
    }
  }

  static func write(integer value: Int64, to start: UnsafeMutablePointer<UInt8>) -> Int {
    start[0] = UInt8(ascii: "-")
    let sign = value < 0 ? 1 : 0
    return sign + write(digits: value.magnitude, to: start + sign)
  }

  /// The exact decimal without trailing zeros.
  static func write(micros value: Int64, to start: UnsafeMutablePointer<UInt8>) -> Int {
    start[0] = UInt8(ascii: "-")
    var count = value < 0 ? 1 : 0
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    count += write(digits: whole, to: start + count)
    guard rest > 0 else { return count }
    start[count] = UInt8(ascii: ".")
    count += 1
    var fraction = rest
    var place: UInt64 = 100_000
    while fraction > 0 {
      let (digit, remainder) = fraction.quotientAndRemainder(dividingBy: place)
      start[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      count += 1
      fraction = remainder
      place /= 10
    }
    return count
  }

  /// Whole numbers up to 2^53 as plain digits, others as the shortest decimal that reads back as the same number.
  static func write(real value: Double, to start: UnsafeMutablePointer<UInt8>) -> Int {
    if value.magnitude <= 9_007_199_254_740_992, let whole = Int64(exactly: value) {
      return write(integer: whole, to: start)
    }
    return write(special: value, to: start)
  }

  /// In OpenMetrics' canonical form, in which 1 is `1.0`.
  static func write(special value: Double, to start: UnsafeMutablePointer<UInt8>) -> Int {
    let text = value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : value.description
    var count = 0
    for byte in text.utf8.prefix(longest) {
      start[count] = byte
      count += 1
    }
    return count
  }

  @inline(__always)
  private static func write(digits value: UInt64, to start: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 10 {
      start[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)
      return 1
    }
    var width = 1
    var limit: UInt64 = 10
    // 2^64 - 1 has 20 digits, and 10^20 is more than a word holds.
    while width < 20 && value >= limit {
      width += 1
      limit = limit &* 10
    }
    var place = width
    var rest = value
    while place > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      place -= 1
      start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    return width
  }
}
