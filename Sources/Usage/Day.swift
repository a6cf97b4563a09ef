/// A civil calendar day of the proleptic Gregorian calendar, without a time zone.
///
/// Arithmetic is on whole days, so it knows nothing of clocks that change; a ``Calendar`` turns days into instants.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let ordinal: Int

  package init(ordinal: Int) {
    self.ordinal = ordinal
  }

  /// - Returns: nil if there is no such day, as 30 February.
  package init?(year: Int, month: Int, dayOfMonth: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), dayOfMonth >= 1 else { return nil }
    self.init(ordinal: Day.ordinal(year: year, month: month, dayOfMonth: dayOfMonth))
    guard components.year == year, components.month == month else { return nil }
  }

  /// Reads exactly `YYYY-MM-DD`.
  package init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      range.reduce(into: Int?(0)) { value, index in
        let digit = Int(bytes[index]) - 48
        value = (0...9).contains(digit) ? value.map { $0 * 10 + digit } : nil
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, dayOfMonth: day)
  }

  /// Year, month (1...12) and day of the month (1...31).
  package var components: (year: Int, month: Int, dayOfMonth: Int) {
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = ordinal + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  package var year: Int { components.year }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  package var weekday: Int {
    let fromThursday = (ordinal % 7 + 7) % 7
    return (fromThursday + 3) % 7 + 1
  }

  package func advanced(by days: Int) -> Day { Day(ordinal: ordinal + days) }

  package var firstOfMonth: Day { advanced(by: 1 - components.dayOfMonth) }

  package var firstOfYear: Day {
    Day(ordinal: Day.ordinal(year: components.year, month: 1, dayOfMonth: 1))
  }

  package var firstOfNextMonth: Day {
    let (year, month, _) = components
    return Day(ordinal: Day.ordinal(year: month == 12 ? year + 1 : year, month: month % 12 + 1, dayOfMonth: 1))
  }

  package var firstOfNextYear: Day {
    Day(ordinal: Day.ordinal(year: components.year + 1, month: 1, dayOfMonth: 1))
  }

  /// The Monday of this day's week.
  package var firstOfWeek: Day { advanced(by: 1 - weekday) }

  package static func < (left: Day, right: Day) -> Bool { left.ordinal < right.ordinal }

  private static func ordinal(year: Int, month: Int, dayOfMonth: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Day: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
