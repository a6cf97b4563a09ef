package import Foundation
package import Usage

/// What became of one collector's request.
package struct CollectorReport: Sendable, Equatable {
  package var collector: String
  package var verdict: Verdict
  /// What is wrong, in a sentence without anything that the provider or the configuration said; nil if nothing is.
  package var message: String?
  package var rows = 0
  /// Rows that would not be counted, by reason.
  package var rejectedRows: [String: Int] = [:]
  package var requests = 0
  package var seconds: TimeInterval = 0
  /// When it was asked; nil without an answer.
  package var answeredAt: Date?
  /// How new the newest usage is; nil where the answer tells no days.
  package var newestUsage: NewestUsage?
  /// How many of each kind the answer told of.
  package var seen: [Scope: Int] = [:]
  package var httpStatus: Int?
  /// When the provider may be asked again, if it said so.
  package var retryAt: Date?
  /// The address at which the workspace is, if it is at another one than it is asked at.
  package var region: String?

  package init(_ collector: String, _ verdict: Verdict, _ message: String? = nil) {
    self.collector = collector
    self.verdict = verdict
    self.message = message
  }
}
