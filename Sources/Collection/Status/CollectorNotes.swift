package import Foundation

/// Why the last attempt of a collector came to nothing.
package struct FailureNote: Sendable, Hashable {
  /// A value of the label `reason` of `agentusage_api_request_failures_total`, or `ledger` or `internal`.
  package let reason: String
  /// For the operator; holds nothing that the provider or the configuration said.
  package let message: String
  package let at: Date

  package init(reason: String, message: String, at: Date) {
    self.reason = reason
    self.message = message
    self.at = at
  }
}

/// The words of a collector's last attempt. In memory alone: after a restart the next attempt finds new ones.
package struct CollectorNotes: Sendable, Hashable {
  /// Nil after a success, and before the first attempt since the start.
  package private(set) var failure: FailureNote?
  /// How to have switched on at the provider what the collector asks for.
  package private(set) var hint: String?
  /// What the last collection that was completed said although nothing failed.
  package private(set) var notices: Set<String> = []
  /// Of the attempt under way.
  private var heard: Set<String> = []
  private var isWithheld = false

  package init() {}

  package mutating func began() {
    heard = []
    isWithheld = false
  }

  package mutating func heard(_ notices: Set<String>) {
    heard.formUnion(notices)
  }

  /// The request that failed was never sent, because an earlier answer forbids it.
  package mutating func withheld() {
    isWithheld = true
  }

  package mutating func ended(_ verdict: CollectionOutcome.Verdict, at now: Date) {
    switch verdict {
    case .succeeded:
      (failure, hint, notices) = (nil, nil, heard)
    case .notEnabled(let message):
      (failure, hint, notices) = (nil, message, [])
    case .failed(let reason, let message):
      // The answer that forbade the request says more than the refusal to send it.
      if isWithheld, failure?.reason == reason { return }
      failure = FailureNote(reason: reason, message: message, at: now)
    case .abandoned:
      break
    }
  }
}
