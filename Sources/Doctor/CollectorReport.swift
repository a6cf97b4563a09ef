package import Foundation

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
  /// The instant up to which the data are known; nil without an answer.
  package var dataThrough: Date?
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
