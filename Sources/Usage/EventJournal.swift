/// One row of a provider's event log, as far as it counts: an execution, a message.
package struct UsageEvent: Hashable, Sendable {
  /// One part of what an event adds to the counters.
  package struct Amount: Hashable, Sendable {
    package let key: SeriesKey
    /// In the stored units of the measure.
    package let amount: Int64

    package init(_ key: SeriesKey, _ amount: Int64) {
      self.key = key
      self.amount = amount
    }
  }

  /// What two rows about the same event have in common; unique within the collector.
  package let id: String
  /// The local day in which it counts.
  package let day: Day
  /// Who caused it, as the provider names people. A journal keeps a salted hash of it and nothing else.
  package let user: String?
  /// Whether another row about the event may say more, and takes this one's place when it comes: because this one merely
  /// stands in for one that was not seen, or because what it tells of may not be over.
  package let isProvisional: Bool
  package let amounts: [Amount]

  package init(id: String, day: Day, user: String?, isProvisional: Bool = false, amounts: [Amount]) {
    self.id = id
    self.day = day
    self.user = user
    self.isProvisional = isProvisional
    self.amounts = amounts
  }

  /// The agent that the event belongs to, if it belongs to one.
  package var agent: Entity? { amounts.lazy.map(\.key.entity).first { $0.scope == .agent } }
}

/// The events that a collector has read so far: what it needs to count each of them once, and to read no more than is new.
///
/// It holds rows for as long as any provider restates them and any window of active users reaches back.
package protocol EventJournal: Sendable {
  /// The first day since which every event is known, up to the last reading; nil before the first.
  func completeSince() async throws -> Day?

  /// - Returns: those of `ids` that are known, and whether what is known of them is provisional.
  func known(_ ids: [String]) async throws -> [String: Bool]

  /// Takes events in; one that is known is replaced.
  ///
  /// - Parameter completeSince: moves ``completeSince()``, if given.
  func record(_ events: [UsageEvent], completeSince: Day?) async throws

  /// The sums of a day's events by series.
  func reading(of day: Day) async throws -> Reading

  /// The distinct users over a span of days: of each agent, and of the workspace.
  func activeUsers(over span: DaySpan) async throws -> [Entity: Int64]
}
