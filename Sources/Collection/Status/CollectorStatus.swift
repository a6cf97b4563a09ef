package import Foundation
package import Ledger
package import Upstream

/// How a collector fares, for people.
package struct CollectorStatus: Sendable, Hashable {
  package var name: String
  package var state: StatusState
  package var failure: FailureNote?
  /// How to have switched on at the provider what the collector asks for.
  package var hint: String?
  package var notices: [String]
  package var lastAttempt: Date?
  package var lastSuccess: Date?
  /// Before this instant the provider is not asked again; nil if it may be asked at once.
  package var nextAttempt: Date?
  package var dataThrough: Date?
  /// The last instant at which the last good values are published; nil if there are none.
  package var publishedUntil: Date?
  package var rows: Int
  /// Rows refused since the ledger began.
  package var rejectedRows: Int64 = 0
  /// Seconds.
  package var minInterval: TimeInterval
  /// Whether a collection is under way.
  package var isRunning: Bool

  package init(name: String, _ standing: CollectorStanding, at now: Date) {
    let progress = standing.progress
    self.name = name
    state = standing.state(at: now)
    failure = standing.notes.failure
    hint = standing.notes.hint
    notices = standing.notes.notices.sorted()
    lastAttempt = progress.lastAttempt
    lastSuccess = progress.lastSuccess
    nextAttempt = standing.nextAttempt(at: now)
    dataThrough = progress.dataThrough
    publishedUntil = progress.lastSuccess?.addingTimeInterval(standing.maxStaleness)
    rows = progress.rows
    minInterval = standing.minInterval
    isRunning = standing.isRunning
  }
}

/// What the state of a collector follows from.
package struct CollectorStanding: Sendable {
  package var progress: CollectorProgress
  package var notes = CollectorNotes()
  /// The pause that the provider has imposed on the workspace.
  package var block: RequestBlock?
  /// Seconds.
  package var minInterval: TimeInterval
  /// Seconds without a success after which the data are withdrawn.
  package var maxStaleness: TimeInterval
  package var isRunning = false

  package init(progress: CollectorProgress, minInterval: TimeInterval, maxStaleness: TimeInterval) {
    self.progress = progress
    self.minInterval = minInterval
    self.maxStaleness = maxStaleness
  }

  package func state(at now: Date) -> StatusState {
    if hasFailed { return notes.failure.map { .failed(reason: $0.reason) } ?? blockedState(at: now) ?? .failing }
    if progress.unavailable { return .notEnabled }
    guard let last = progress.lastSuccess else { return blockedState(at: now) ?? .waiting }
    if now.timeIntervalSince(last) > patience { return blockedState(at: now) ?? .late }
    return progress.catchingUp ? .catchingUp : .fine
  }

  /// The instant before which nothing is asked.
  package func nextAttempt(at now: Date) -> Date? {
    let instants = [progress.nextAttempt, block?.until].compactMap(\.self)
    return instants.max().flatMap { $0 > now ? $0 : nil }
  }

  /// Seconds: gaps that scrapes leave on their own schedule are ordinary, as ``Schedule/isCatchingUp(_:at:)`` has it.
  private var patience: TimeInterval { Schedule.patience(minInterval) }

  private var hasFailed: Bool {
    if progress.lastSucceeded || progress.lastAttempt == nil { return false }
    // The first attempt of all has not failed while it is under way.
    return notes.failure != nil || progress.failures > (isRunning ? 1 : 0)
  }

  private func blockedState(at now: Date) -> StatusState? {
    guard let block, block.until > now else { return nil }
    return .failed(reason: block.reason.rawValue)
  }
}
