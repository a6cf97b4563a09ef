package import Foundation

/// What the configuration needs to know of a provider: its keys and their defaults. Providers register it as data.
package struct ProviderDefaults: Sendable {
  package struct Collector: Sendable {
    package let name: String
    package let enabled: Bool
    /// Seconds.
    package let minInterval: TimeInterval

    package init(_ name: String, enabled: Bool = true, minInterval: TimeInterval) {
      self.name = name
      self.enabled = enabled
      self.minInterval = minInterval
    }
  }

  package let kind: ProviderKind
  package let baseURL: String
  package let requestsPerMinute: Int
  /// The most requests a minute at which they are sent one by one, evenly, because the provider counts by the second; at
  /// more than that, which only an operator can ask for, and for all other providers, a minute's requests may come at once.
  package let evenUpTo: Int
  /// Whether `workspace_id` must be given (and is sent to the provider).
  package let needsWorkspaceID: Bool
  package let collectors: [Collector]
  /// What a budget can be watched with: what the provider tells of calendar periods, for the workspace or for what adds up
  /// to it.
  package var budgetMeasures: Set<Measure> = []

  package init(
    kind: ProviderKind, baseURL: String, requestsPerMinute: Int, evenUpTo: Int = 0,
    needsWorkspaceID: Bool = false, collectors: [Collector]
  ) {
    self.kind = kind
    self.baseURL = baseURL
    self.requestsPerMinute = requestsPerMinute
    self.evenUpTo = evenUpTo
    self.needsWorkspaceID = needsWorkspaceID
    self.collectors = collectors
  }
}
