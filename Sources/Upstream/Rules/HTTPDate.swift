package import Foundation

/// A date as HTTP's headers write it, in one of three forms (RFC 9110, section 5.6.7).
package enum HTTPDate {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// - Returns: nil if it is none of the three.
  package static func parse(_ text: String) -> Date? {
    let words = text.lowercased().split { " ,-".contains($0) }.map(String.init)
    switch words.count {
    case 6 where words[5] == "gmt":
      // Sun, 06 Nov 1994 08:49:37 GMT, or Sunday, 06-Nov-94 08:49:37 GMT
      return instant(day: words[1], month: words[2], year: words[3], time: words[4])
    case 5:
      // Sun Nov  6 08:49:37 1994
      return instant(day: words[2], month: words[1], year: words[4], time: words[3])
    default:
      return nil
    }
  }

  private static func instant(day: String, month: String, year: String, time: String) -> Date? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { $0.count == 2 ? Int($0) : nil }
    guard
      let dayOfMonth = Int(day), let index = months.firstIndex(of: month), var fullYear = Int(year), clock.count == 3,
      let hour = clock[0], let minute = clock[1], let second = clock[2],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    if year.count == 2 { fullYear += fullYear < 70 ? 2000 : 1900 }
    var components = DateComponents()
    components.timeZone = .gmt
    (components.year, components.month, components.day) = (fullYear, index + 1, dayOfMonth)
    (components.hour, components.minute, components.second) = (hour, minute, second)
    let calendar = Calendar(identifier: .gregorian)
    guard components.isValidDate(in: calendar) || second == 60 else { return nil }
    return calendar.date(from: components)
  }
}
