/// Where the parts of a decimal number stand in its text.
struct DecimalShape {
  let isNegative: Bool
  /// Digits before the decimal point.
  let wholeDigits: Int
  /// Digits in all.
  private let digits: Int
  /// Place of the first digit; there may be a point among the digits.
  private let start: Int
  /// By how many places the point moves to the right.
  let exponent: Int

  /// What is left of a unit.
  enum Rest {
    case none, lessThanHalf, half, moreThanHalf
  }

  /// - Returns: nil if the text is no decimal number, whatever its size.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var place = range.lowerBound
    isNegative = place < range.upperBound && bytes[place] == UInt8(ascii: "-")
    if isNegative || (place < range.upperBound && bytes[place] == UInt8(ascii: "+")) { place += 1 }
    start = place
    place = ASCII.digitsEnd(bytes, place..<range.upperBound)
    wholeDigits = place - start
    var fraction = 0
    if place < range.upperBound && bytes[place] == UInt8(ascii: ".") {
      let end = ASCII.digitsEnd(bytes, place + 1..<range.upperBound)
      fraction = end - place - 1
      place = end
    }
    digits = wholeDigits + fraction
    guard digits > 0 else { return nil }
    guard place < range.upperBound else {
      exponent = 0
      return
    }
    guard bytes[place] | 0x20 == UInt8(ascii: "e"),
      let exponent = DecimalShape.exponent(bytes, place + 1..<range.upperBound)
    else { return nil }
    self.exponent = exponent
  }

  /// The digit of an index that may lie outside the text, where all digits are 0.
  func digit(_ bytes: Span<UInt8>, _ index: Int) -> Int64 {
    guard (0..<digits).contains(index) else { return 0 }
    return Int64(bytes[start + index + (index < wholeDigits ? 0 : 1)]) - 48
  }

  func firstNonZero(_ bytes: Span<UInt8>) -> Int? {
    (0..<digits).first { digit(bytes, $0) != 0 }
  }

  /// What the digits from `index` on amount to, if they are read as a fraction.
  func rest(_ bytes: Span<UInt8>, from index: Int) -> Rest {
    if index >= digits { return .none }
    // Before the first digit there are only zeros: a leading 0 makes anything less than a half.
    let leading = digit(bytes, index)
    let hasMore = (max(index + 1, 0)..<digits).contains { digit(bytes, $0) != 0 }
    switch leading {
    case 0: return hasMore ? .lessThanHalf : .none
    case 1..<5: return .lessThanHalf
    case 5: return hasMore ? .moreThanHalf : .half
    default: return .moreThanHalf
    }
  }

  /// An exponent with an optional sign, held at a size beyond which its exact value is without effect.
  private static func exponent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var place = range.lowerBound
    guard place < range.upperBound else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }
    guard place < range.upperBound, ASCII.digitsEnd(bytes, place..<range.upperBound) == range.upperBound else {
      return nil
    }
    var value = 0
    for index in place..<range.upperBound { value = min(value * 10 + Int(bytes[index]) - 48, 1 << 40) }
    return isNegative ? -value : value
  }
}
