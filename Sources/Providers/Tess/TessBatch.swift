import Foundation
import Usage

/// Events on their way into the journal, one for each execution whatever rows speak of it.
struct TessBatch: Sendable {
  private(set) var events: [String: UsageEvent] = [:]

  var days: Set<Day> { Set(events.values.map(\.day)) }

  /// Takes a row in, if it says anything new.
  ///
  /// A row that becomes archived or edited is the same execution, and what it was counted with stays.
  ///
  /// - Parameter known: whether the journal has the execution, and if so whether provisionally.
  mutating func put(_ row: TessRow, on day: Day, at now: Date, known: Bool?) {
    let isPending = events[row.id] != nil
    let isSettled = known == false || events[row.id]?.isProvisional == false
    let isNews: Bool =
      switch row.state {
      case .current: true
      case .archived: !isSettled
      case .edited: known == nil && !isPending
      }
    if isNews { events[row.id] = row.event(on: day, at: now) }
  }

  /// Takes a day's events out.
  mutating func take(_ day: Day) -> [UsageEvent] {
    let taken = events.values.filter { $0.day == day }
    for event in taken { events[event.id] = nil }
    return taken
  }
}
