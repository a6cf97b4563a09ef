/// Reads the parts of a timestamp one after the other.
struct TimestampReader {
  private(set) var place: Int
  let end: Int

  init(place: Int, end: Int) {
    self.place = place
    self.end = end
  }

  var isAtEnd: Bool { place >= end }

  /// `YYYY-MM-DD`, from the year 1 on.
  mutating func date(_ bytes: Span<UInt8>) -> (year: Int, month: Int, dayOfMonth: Int)? {
    guard let year = number(bytes, 4), year >= 1, skip(bytes, "-") else { return nil }
    guard let month = number(bytes, 2), (1...12).contains(month), skip(bytes, "-") else { return nil }
    guard let day = number(bytes, 2), day >= 1, day <= TimestampReader.days(year, month) else { return nil }
    return (year, month, day)
  }

  /// `HH:mm:ss`, as the second of the day.
  mutating func time(_ bytes: Span<UInt8>) -> Int? {
    guard let hour = number(bytes, 2), hour < 24, skip(bytes, ":") else { return nil }
    guard let minute = number(bytes, 2), minute < 60, skip(bytes, ":") else { return nil }
    guard let second = number(bytes, 2), second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// A point and digits, as nanoseconds; 0 if there is no point.
  mutating func fraction(_ bytes: Span<UInt8>) -> Int? {
    guard skip(bytes, ".") else { return 0 }
    let digits = place..<ASCII.digitsEnd(bytes, place..<end)
    guard !digits.isEmpty else { return nil }
    place = digits.upperBound
    var value = 0
    for index in 0..<9 {
      value = value * 10 + (index < digits.count ? Int(bytes[digits.lowerBound + index]) - 48 : 0)
    }
    return value
  }

  /// `Z`, `+HH:mm`, `+HHmm` or `+HH`, as seconds east of UTC.
  mutating func offset(_ bytes: Span<UInt8>) -> Int? {
    if skip(bytes, "Z", "z") { return 0 }
    let isWest = !isAtEnd && bytes[place] == UInt8(ascii: "-")
    guard skip(bytes, "+", "-"), let hours = number(bytes, 2), hours < 24 else { return nil }
    var minutes = 0
    if !isAtEnd {
      _ = skip(bytes, ":")
      guard let number = number(bytes, 2), number < 60 else { return nil }
      minutes = number
    }
    let seconds = hours * 3600 + minutes * 60
    return isWest ? -seconds : seconds
  }

  /// Passes over the next byte if it is that one, or one of two or three.
  mutating func skip(
    _ bytes: Span<UInt8>, _ first: Unicode.Scalar, _ second: Unicode.Scalar? = nil, _ third: Unicode.Scalar? = nil
  ) -> Bool {
    guard !isAtEnd else { return false }
    let scalar = Unicode.Scalar(bytes[place])
    guard scalar == first || scalar == second || scalar == third else { return false }
    place += 1
    return true
  }

  /// Exactly so many digits.
  private mutating func number(_ bytes: Span<UInt8>, _ digits: Int) -> Int? {
    guard place + digits <= end else { return nil }
    var value = 0
    for _ in 0..<digits {
      guard ASCII.isDigit(bytes[place]) else { return nil }
      value = value * 10 + Int(bytes[place]) - 48
      place += 1
    }
    return value
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
