/// Decimal numbers out of text, exactly: no floating point is involved.
package enum DecimalText {
  package enum Result: Sendable, Hashable {
    /// In stored units, between 0 and 2^53.
    case value(Int64)
    /// Nothing but spaces, or `null`.
    case empty
    /// Below zero, by however little.
    case negative
    case notANumber
    /// More than 2^53 stored units, which a sample cannot hold exactly.
    case tooLarge
  }

  /// Reads `12`, `12.0`, `0.006145`, `1e3`, `1.5E-3`, with a sign and spaces around it.
  ///
  /// - Parameter scale: stored units in one, a power of ten. At a scale of 1 a fraction is `notANumber`; otherwise what is
  ///   below one unit is rounded, halves to the even unit.
  package static func parse(_ bytes: Span<UInt8>, scale: Int64) -> Result {
    if let value = short(bytes, scale) { return .value(value) }
    if bytes.isEmpty { return .empty }
    let trimmed = ASCII.trimmed(bytes)
    if trimmed.isEmpty || ASCII.matches(bytes, trimmed, "null") { return .empty }
    guard let shape = DecimalShape(bytes, trimmed) else { return .notANumber }
    guard let first = shape.firstNonZero(bytes) else { return .value(0) }
    if shape.isNegative { return .negative }

    var decimals = 0
    var unit: Int64 = 1
    while unit < scale {
      unit *= 10
      decimals += 1
    }
    // Digits before this one make up whole units; it may lie before the first digit or behind the last.
    let point = shape.wholeDigits + shape.exponent + decimals
    let rest = shape.rest(bytes, from: point)
    if scale == 1 && rest != .none { return .notANumber }
    // 2^53 has 16 digits.
    if point - first > 16 { return .tooLarge }
    var value: Int64 = 0
    for index in stride(from: first, to: point, by: 1) { value = value * 10 + shape.digit(bytes, index) }
    if rest == .moreThanHalf || (rest == .half && value % 2 == 1) { value += 1 }
    return value > 1 << 53 ? .tooLarge : .value(value)
  }

  /// Digits with a point among them at most, and no more than the scale has room for, as nearly all numbers are: up to
  /// nine digits before the point fit at any scale up to a million.
  private static func short(_ bytes: Span<UInt8>, _ scale: Int64) -> Int64? {
    guard (1...16).contains(bytes.count), scale <= 1_000_000 else { return nil }
    var place = 0
    var value: Int64 = 0
    while place < bytes.count, ASCII.isDigit(bytes[place]) {
      value = value &* 10 &+ Int64(bytes[place]) &- 48
      place &+= 1
    }
    guard (1...9).contains(place) else { return nil }
    if place == bytes.count { return value &* scale }
    guard bytes[place] == UInt8(ascii: ".") else { return nil }
    var unit = scale
    for place in place &+ 1..<bytes.count {
      // What is below one unit is rounded elsewhere.
      guard ASCII.isDigit(bytes[place]), unit > 1 else { return nil }
      unit /= 10
      value = value &* 10 &+ Int64(bytes[place]) &- 48
    }
    return value &* unit
  }

  package static func parse(_ bytes: [UInt8], scale: Int64) -> Result {
    parse(bytes.span, scale: scale)
  }

  package static func parse(_ text: String, scale: Int64) -> Result {
    parse(Array(text.utf8), scale: scale)
  }
}
