package import Foundation
package import Usage

/// The requests of a workspace since local midnight, or since the exporter started if that was later.
package struct RequestsOfDay: Sendable, Hashable {
  package private(set) var since: Date
  package private(set) var count = 0

  package init(since: Date) {
    self.since = since
  }

  /// The same at `now`: none yet if a day began meanwhile.
  package func turned(at now: Date, in calendar: LocalCalendar) -> RequestsOfDay {
    let midnight = calendar.start(of: calendar.day(at: now))
    return midnight > since ? RequestsOfDay(since: midnight) : self
  }

  package mutating func add(_ requests: Int, at now: Date, in calendar: LocalCalendar) {
    self = turned(at: now, in: calendar)
    count += requests
  }
}
