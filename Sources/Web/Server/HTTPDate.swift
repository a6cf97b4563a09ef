import Foundation
import Synchronization

/// The `Date` header of RFC 9110, made once a second.
package final class HTTPDate: Sendable {
  private let last = Mutex<(second: Int, text: String)>((.min, ""))

  package init() {}

  /// - Parameter now: seconds since the epoch.
  func text(at now: Int) -> String {
    last.withLock { last in
      if last.second != now { last = (now, Self.format(now)) }
      return last.text
    }
  }

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// As `Sun, 06 Nov 1994 08:49:37 GMT`.
  package static func format(_ seconds: Int) -> String {
    var moment = time_t(seconds)
    var fields = tm()
    guard gmtime_r(&moment, &fields) != nil else { return "" }
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(days[Int(fields.tm_wday)]), \(two(fields.tm_mday)) \(months[Int(fields.tm_mon)]) "
      + "\(1900 + fields.tm_year) \(two(fields.tm_hour)):\(two(fields.tm_min)):\(two(fields.tm_sec)) GMT"
  }
}
