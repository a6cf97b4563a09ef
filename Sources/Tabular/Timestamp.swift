/// A date and time as written: what the clock on the wall shows, and how far it is from UTC if that is told.
package struct Timestamp: Sendable, Hashable {
  package let year: Int
  /// 1...12
  package let month: Int
  /// 1...31
  package let dayOfMonth: Int
  /// 0..<86400
  package let secondOfDay: Int
  /// 0..<1_000_000_000
  package let nanosecond: Int
  /// Seconds east of UTC; nil if the text does not tell.
  package let offset: Int?

  /// Reads RFC 3339, and what is common beside it: a space for the `T`, no offset, offsets as `+01` and `+0100`, a date alone.
  ///
  /// Digits beyond nanoseconds are cut off. A leap second (`:60`) is refused, as no provider's database holds any.
  /// - Returns: nil for anything else, and for what no calendar or clock shows.
  package static func parse(_ bytes: Span<UInt8>) -> Timestamp? {
    let range = ASCII.trimmed(bytes)
    var reader = TimestampReader(place: range.lowerBound, end: range.upperBound)
    guard let date = reader.date(bytes) else { return nil }
    if reader.isAtEnd { return Timestamp(date, second: 0, nanosecond: 0, offset: nil) }
    guard reader.skip(bytes, "T", "t", " ") else { return nil }
    guard let second = reader.time(bytes), let nanosecond = reader.fraction(bytes) else { return nil }
    if reader.isAtEnd { return Timestamp(date, second: second, nanosecond: nanosecond, offset: nil) }
    guard let offset = reader.offset(bytes), reader.isAtEnd else { return nil }
    return Timestamp(date, second: second, nanosecond: nanosecond, offset: offset)
  }

  package static func parse(_ text: String) -> Timestamp? {
    parse(Array(text.utf8).span)
  }

  private init(_ date: (year: Int, month: Int, dayOfMonth: Int), second: Int, nanosecond: Int, offset: Int?) {
    year = date.year
    month = date.month
    dayOfMonth = date.dayOfMonth
    secondOfDay = second
    self.nanosecond = nanosecond
    self.offset = offset
  }

  /// Days from 1970-01-01 to the date, in the proleptic Gregorian calendar.
  package var daysSince1970: Int {
    // Howard Hinnant's days_from_civil: years begin in March, so that a leap day is the last of its year.
    let year = month > 2 ? year : year - 1
    let era = year / 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
    let yearOfEra = year - era * 400
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Whole seconds from 1970-01-01T00:00:00Z.
  ///
  /// - Parameter defaultOffset: seconds east of UTC for a text that does not tell.
  package func secondsSince1970(defaultOffset: Int = 0) -> Int {
    daysSince1970 * 86_400 + secondOfDay - (offset ?? defaultOffset)
  }
}
