package import Foundation
package import Publication
package import Usage

/// What a provider says of its own rate limit.
package struct ProviderAllowance: Sendable, Hashable {
  package var limit: Double?
  package var remaining: Double?
  package var reset: Date?

  package init(limit: Double?, remaining: Double?, reset: Date?) {
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
  }
}

/// How a workspace fares, for people. It holds no credential and nobody's name.
package struct WorkspaceStatus: Sendable, Hashable {
  package var id: WorkspaceID
  package var calendar: LocalCalendar
  /// In the provider's order; those that the configuration switches off are in ``switchedOff``.
  package var collectors: [CollectorStatus]
  package var switchedOff: [String] = []
  /// Until when the provider is not asked at all.
  package var pausedUntil: Date?
  /// As of the last answer that spoke of it.
  package var allowance: ProviderAllowance?
  package var requests: RequestsOfDay
  package var series = 0
  /// Agents beyond `max_agents`.
  package var foldedAgents = 0

  package init(id: WorkspaceID, calendar: LocalCalendar, collectors: [CollectorStatus], requests: RequestsOfDay) {
    self.id = id
    self.calendar = calendar
    self.collectors = collectors
    self.requests = requests
  }

  /// The worst of its collectors; one that the provider has not switched on says nothing of the others.
  package var state: StatusState {
    let states = collectors.map(\.state)
    return states.filter { $0 != .notEnabled }.min() ?? states.min() ?? .switchedOff
  }

  /// The instant up to which the data of every collector that has some are known.
  package var dataThrough: Date? { collectors.compactMap(\.dataThrough).min() }

  package var nextAttempt: Date? {
    collectors.contains { $0.nextAttempt == nil } ? nil : collectors.compactMap(\.nextAttempt).min()
  }
}

/// How the exporter fares at an instant.
package struct ExporterStatus: Sendable, Hashable {
  package var at: Date
  /// In the order of the configuration.
  package var workspaces: [WorkspaceStatus]
  package var boards: [AgentBoard]
  /// What is wrong with the exporter itself.
  package var faults: [ExporterStanding.Fault]

  package init(
    at: Date, workspaces: [WorkspaceStatus], boards: [AgentBoard] = [], faults: [ExporterStanding.Fault] = []
  ) {
    self.at = at
    self.workspaces = workspaces
    self.boards = boards
    self.faults = faults
  }
}
