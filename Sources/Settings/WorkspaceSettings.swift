package import Foundation
package import Usage

/// One workspace: which provider to ask, with what, how often, and what to publish.
package struct WorkspaceSettings: Sendable, Equatable {
  package var id: WorkspaceID
  package var secret: SecretSource
  /// The provider's own name for the workspace (`workspace_id`); nil for providers that have none.
  package var remoteWorkspace: String?
  /// An `http` or `https` URL with a host, without a trailing slash, user, query or fragment.
  package var baseURL: String
  /// 1...10000.
  package var requestsPerMinute: Int
  /// The calendar in which days, weeks, months, years and budgets are cut.
  package var calendar: LocalCalendar
  /// The period gauges to publish, each once, in the order of `CalendarPeriod.allCases`; those that have a budget are among
  /// them.
  package var periods: [CalendarPeriod]
  /// Each once, the shortest first.
  package var activeUserWindows: [ActiveUserWindow]
  /// For how many days a closed day is read again: 0...90.
  package var restateDays: Int
  /// Seconds between two readings of closed days; at least 1.
  package var restateInterval: TimeInterval
  /// Seconds for which a new entity's counters stay at 0; may be 0.
  package var zeroHold: TimeInterval
  /// Seconds without a success after which a collector's series are withdrawn; at least 1.
  package var maxStaleness: TimeInterval
  /// How many agents are published by themselves; at least 1.
  package var maxAgents: Int
  /// Every collector of the provider, in the provider's order.
  package var collectors: [CollectorSettings]
  /// By period, then by measure; each pair once.
  package var budgets: [Budget]
  /// A PEM file of certificates trusted for this provider besides the system's.
  package var caFile: String?
  /// Whether AgentPhone's numbers themselves may become labels.
  package var exposePhoneNumbers: Bool

  /// The file to read again after a 401; nil if the key came from the configuration or the environment.
  package var secretFile: String? {
    if case .file(let path) = secret { path } else { nil }
  }
}

extension WorkspaceSettings {
  /// A workspace with nothing but defaults: the provider's, and the contract's.
  package init(_ name: String, provider: ProviderDefaults, secret: SecretSource, remoteWorkspace: String? = nil) {
    id = WorkspaceID(provider.kind, name)
    self.secret = secret
    self.remoteWorkspace = remoteWorkspace
    baseURL = provider.baseURL
    requestsPerMinute = provider.requestsPerMinute
    calendar = .utc
    periods = [.day, .month]
    activeUserWindows = [1, 7, 30].compactMap { ActiveUserWindow(days: $0) }
    restateDays = 3
    restateInterval = 6 * 3600
    zeroHold = 120
    maxStaleness = 24 * 3600
    maxAgents = 2000
    collectors = provider.collectors.map {
      CollectorSettings(name: $0.name, enabled: $0.enabled, minInterval: $0.minInterval)
    }
    budgets = []
    caFile = nil
    exposePhoneNumbers = false
  }

  /// A budget is watched by what is published of its period.
  mutating func publishBudgetedPeriods() {
    let budgeted = budgets.map(\.period)
    periods = CalendarPeriod.allCases.filter { periods.contains($0) || budgeted.contains($0) }
  }
}

/// One collector of one workspace.
package struct CollectorSettings: Sendable, Equatable {
  package var name: String
  package var enabled: Bool
  /// Seconds; at least 1.
  package var minInterval: TimeInterval

  package init(name: String, enabled: Bool, minInterval: TimeInterval) {
    self.name = name
    self.enabled = enabled
    self.minInterval = minInterval
  }
}
