package import Foundation
package import Ledger
package import Providers
package import Publication
import Upstream
package import Usage

/// A configured workspace, ready to be collected.
package struct WorkspacePlan: Sendable {
  package struct Member: Sendable {
    package let collector: any UsageCollector
    /// Seconds.
    package let minInterval: TimeInterval

    package init(_ collector: any UsageCollector, minInterval: TimeInterval) {
      self.collector = collector
      self.minInterval = minInterval
    }
  }

  package let id: WorkspaceID
  package let policy: CollectionPolicy
  package let counting: CountingPolicy
  /// Seconds.
  package let maxStaleness: TimeInterval
  package let members: [Member]
  /// Families that several members count: one of them is published, the first that succeeds.
  package let preference: [SeriesFamily: [String]]
  package let facts: WorkspaceFacts

  package init(
    id: WorkspaceID, policy: CollectionPolicy, counting: CountingPolicy, maxStaleness: TimeInterval, members: [Member],
    preference: [SeriesFamily: [String]] = [:], budgets: [Budget] = [], disabledCollectors: [String] = []
  ) {
    self.id = id
    self.policy = policy
    self.counting = counting
    self.maxStaleness = maxStaleness
    self.members = members
    self.preference = preference
    facts = WorkspaceFacts(
      id: id, calendar: policy.calendar, periods: policy.periods, budgets: budgets,
      disabledCollectors: disabledCollectors)
  }

  /// The values of the label `endpoint` that the workspace's requests carry.
  package var endpoints: [String] { Set(members.flatMap(\.collector.endpoints)).sorted() }
}

/// What all workspaces share.
package struct CollectionEnvironment: Sendable {
  package let ledger: Ledger
  package let publisher: Publisher
  package let clock: any WallClock
  /// Random numbers in 0..<1.
  package let random: @Sendable () -> Double
  package let report: any CollectionReporter

  package init(
    ledger: Ledger, publisher: Publisher, clock: any WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, report: any CollectionReporter
  ) {
    self.ledger = ledger
    self.publisher = publisher
    self.clock = clock
    self.random = random
    self.report = report
  }
}

/// Told of each collection when it is over, and of what goes wrong besides: for the log.
package protocol CollectionReporter: Sendable {
  func collectionEnded(_ id: CollectorID, _ outcome: CollectionOutcome)
  /// Something that the operator should know although nothing failed; told once.
  func noticed(_ id: CollectorID, _ notice: String)
  /// - Parameter failure: nil when writing works again.
  func ledgerChanged(failure: LedgerError?)
}

extension CollectionReporter {
  package func noticed(_ id: CollectorID, _ notice: String) {}
}

/// What came of one collection.
package struct CollectionOutcome: Sendable {
  package enum Verdict: Sendable {
    case succeeded
    case failed(reason: String, message: String)
    /// The provider has not switched on what the collector asks for.
    case notEnabled(message: String)
    case abandoned
  }

  package let verdict: Verdict
  package let rows: Int
  package let answers: Int
  package let requests: Int
  package let seconds: TimeInterval
  package let nextAttempt: Date?
}
