package import Ledger
package import Usage

/// The days that are asked for, and what bounds them.
package struct BackfillRequest: Sendable, Equatable {
  package let from: Day
  /// nil for the last day that can be had: yesterday, or the day before the live counters began.
  package let to: Day?
  /// Since when the live counters of workspaces count, as far as there are any.
  package let liveSince: [WorkspaceID: LiveStart]

  package init(from: Day, to: Day? = nil, liveSince: [WorkspaceID: LiveStart] = [:]) {
    self.from = from
    self.to = to
    self.liveSince = liveSince
  }
}

/// Why there is no backfill, in words for the operator.
package struct BackfillRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}

/// A workspace whose past may be read.
package struct BackfillCandidate: Sendable {
  package struct Collector: Sendable {
    package let name: String
    /// How many days back, today among them, it can be asked; nil if it knows no past days.
    package let pastDays: Int?

    package init(_ name: String, pastDays: Int?) {
      self.name = name
      self.pastDays = pastDays
    }
  }

  package let id: WorkspaceID
  package let calendar: LocalCalendar
  package let collectors: [Collector]

  package init(id: WorkspaceID, calendar: LocalCalendar, collectors: [Collector]) {
    self.id = id
    self.calendar = calendar
    self.collectors = collectors
  }
}
