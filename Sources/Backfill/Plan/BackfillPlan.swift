package import Foundation
package import Ledger
package import Usage

/// A stretch of days that one collector is to read.
package struct BackfillUnit: Sendable, Hashable {
  package let id: CollectorID
  package let span: DaySpan

  package init(_ id: CollectorID, _ span: DaySpan) {
    self.id = id
    self.span = span
  }
}

/// What is read, of which days: a value, made of the request, the configuration and the date.
package struct BackfillPlan: Sendable, Equatable {
  /// In the order of the configuration.
  package private(set) var units: [BackfillUnit] = []
  /// What is left out and why, in words for the operator.
  package private(set) var notes: [String] = []
  /// The last day of each workspace that may be written.
  package private(set) var lastDays: [WorkspaceID: Day] = [:]

  /// - Throws: ``BackfillRefusal`` for days that cannot be had, or that the live counters have already.
  package init(
    _ request: BackfillRequest, of candidates: [BackfillCandidate], at now: Date
  ) throws(BackfillRefusal) {
    for candidate in candidates {
      let today = candidate.calendar.day(at: now)
      // A workspace of which nothing can be had needs no last day, and no answer to when its live counters began.
      guard candidate.collectors.contains(where: { $0.pastDays != nil }) else {
        candidate.collectors.forEach { leaveOut(CollectorID(candidate.id, $0.name)) }
        continue
      }
      let last = try Self.lastDay(of: candidate, request, today: today)
      if request.to == nil, last < today.advanced(by: -1) {
        notes.append("\(candidate.id) ends on \(last): its live counters began on the day after")
      }
      guard request.from <= last else {
        throw BackfillRefusal("--from must not be after \(last), the last day to be had of \(candidate.id)")
      }
      lastDays[candidate.id] = last
      for collector in candidate.collectors {
        add(collector, CollectorID(candidate.id, collector.name), DaySpan(request.from, through: last), today: today)
      }
    }
    if units.isEmpty {
      throw BackfillRefusal((notes + ["nothing is left to be read"]).joined(separator: "\n"))
    }
  }

  private mutating func add(
    _ collector: BackfillCandidate.Collector, _ id: CollectorID, _ span: DaySpan, today: Day
  ) {
    guard let pastDays = collector.pastDays else { return leaveOut(id) }
    let oldest = today.advanced(by: 1 - pastDays)
    guard oldest <= span.last else {
      notes.append("\(id) is left out: it can be asked back to \(oldest) only")
      return
    }
    if oldest > span.first { notes.append("\(id) begins on \(oldest): it cannot be asked for days before") }
    units.append(BackfillUnit(id, DaySpan(max(span.first, oldest), through: span.last)))
  }

  private mutating func leaveOut(_ id: CollectorID) {
    notes.append("\(id) is left out: the provider tells no past days of it")
  }

  /// The last day that may be written: it is over, and the live counters do not have it.
  private static func lastDay(
    of candidate: BackfillCandidate, _ request: BackfillRequest, today: Day
  ) throws(BackfillRefusal) -> Day {
    let yesterday = today.advanced(by: -1)
    if let to = request.to, to > yesterday {
      throw BackfillRefusal(
        "--to must not be after \(yesterday), which is yesterday in \(candidate.calendar.name) (\(candidate.id)): "
          + "today is not over, and what is used of it belongs to the live counters")
    }
    switch request.liveSince[candidate.id] {
    case nil: return request.to ?? yesterday
    case .unknown:
      throw BackfillRefusal(
        "the ledger has live counters of \(candidate.id) but does not tell since when: name the day on which they began "
          + "with --live-since DAY, or leave the workspace out with --provider and --workspace")
    case .since(let start):
      let start = candidate.calendar.day(at: start)
      let limit = min(yesterday, start.advanced(by: -1))
      guard let to = request.to else { return limit }
      guard to <= limit else {
        throw BackfillRefusal(
          "--to must not be after \(limit): the live counters of \(candidate.id) began on \(start), and their usage would "
            + "be there twice; if they began on another day, name it with --live-since DAY")
      }
      return to
    }
  }
}
