import Foundation
import Tabular
import Usage

extension Timestamp {
  /// The day as written, whatever the offset.
  var day: Day? { Day(year: year, month: month, dayOfMonth: dayOfMonth) }

  /// The instant; without an offset, in UTC.
  var instant: Date { Date(timeIntervalSince1970: Double(secondsSince1970())) }
}
